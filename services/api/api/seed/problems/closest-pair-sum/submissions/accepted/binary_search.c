#include <stdio.h>
#include <stdlib.h>

static long long marks[300000];

static int compare(const void *left, const void *right) {
    long long a = *(const long long *)left, b = *(const long long *)right;
    return (a > b) - (a < b);
}

int main(void) {
    int n;
    long long target;
    if (scanf("%d %lld", &n, &target) != 2) return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%lld", &marks[i]) != 1) return 1;
    }
    qsort(marks, n, sizeof marks[0], compare);
    long long best = llabs(marks[0] + marks[1] - target);
    for (int i = 0; i + 1 < n; i++) {
        /* The first partner after i that makes the sum reach the target. */
        int low = i + 1, high = n;
        while (low < high) {
            int middle = (low + high) / 2;
            if (marks[i] + marks[middle] < target) low = middle + 1; else high = middle;
        }
        for (int j = low - 1; j <= low; j++) {
            if (j <= i || j >= n) continue;
            long long difference = llabs(marks[i] + marks[j] - target);
            if (difference < best) best = difference;
        }
    }
    printf("%lld\n", best);
    return 0;
}
