/* Every pair, leaving as soon as the target itself is met: the data never lets it. */
#include <stdio.h>
#include <stdlib.h>

static long long marks[300000];

int main(void) {
    int n;
    long long target;
    if (scanf("%d %lld", &n, &target) != 2) return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%lld", &marks[i]) != 1) return 1;
    }
    long long best = llabs(marks[0] + marks[1] - target);
    for (int i = 0; i < n && best; i++) {
        for (int j = i + 1; j < n && best; j++) {
            long long difference = llabs(marks[i] + marks[j] - target);
            if (difference < best) best = difference;
        }
    }
    printf("%lld\n", best);
    return 0;
}
