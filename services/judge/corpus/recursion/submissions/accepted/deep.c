#include <stdio.h>
int f(int n) { volatile char pad[256]; pad[0] = 1; return n == 0 ? 0 : f(n - 1) + pad[0]; }
int main(void) { int n; scanf("%d", &n); printf("%d\n", f(n)); return 0; }