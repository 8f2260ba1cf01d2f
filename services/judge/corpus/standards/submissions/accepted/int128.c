#include <stdio.h>
int main(void) { int n, x; __int128 s = 0; scanf("%d", &n); while (n--) { scanf("%d", &x); s += x; } printf("%d\n", (int)s); return 0; }