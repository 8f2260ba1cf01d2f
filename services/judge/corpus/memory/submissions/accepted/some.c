#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) { volatile char *p = malloc(48 << 20); for (long i = 0; i < 48l << 20; i += 512) p[i] = 1; printf("%d\n", p[512]); return 0; }