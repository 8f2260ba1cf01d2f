#include <stdio.h>
int main(void) {
    long long n, a = 2;
    if (scanf("%lld", &n) != 1) return 1;
    while (n % a) a++;
    printf("%lld %lld\n", a, n / a);
    return 0;
}
