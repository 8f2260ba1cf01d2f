/* Stops when the input is larger than what it was tried on. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int n;
    long long target, marks[1000];
    if (scanf("%d %lld", &n, &target) != 2) return 1;
    assert(n <= 1000);
    for (int i = 0; i < n; i++) {
        if (scanf("%lld", &marks[i]) != 1) return 1;
    }
    long long best = llabs(marks[0] + marks[1] - target);
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
            long long difference = llabs(marks[i] + marks[j] - target);
            if (difference < best) best = difference;
        }
    }
    printf("%lld\n", best);
    return 0;
}
