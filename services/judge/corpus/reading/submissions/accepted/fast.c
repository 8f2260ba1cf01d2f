#include <stdio.h>
#include <unistd.h>
int main(void) { static char b[1 << 16]; long n = read(0, b, sizeof b), s = 0, v = 0, first = 1; int in = 0; for (long i = 0; i <= n; i++) { if (i < n && b[i] >= 48 && b[i] <= 57) { v = v * 10 + b[i] - 48; in = 1; } else if (in) { if (!first) s += v; first = 0; v = 0; in = 0; } } printf("%ld\n", s); return 0; }