#include <pthread.h>
#include <stdio.h>
static void *f(void *p) { *(int *)p += 4; return 0; }
int main(void) { int n = 0; pthread_t t; pthread_create(&t, 0, f, &n); pthread_join(t, 0); printf("%d\n", n); return 0; }