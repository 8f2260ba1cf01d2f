// Every pair: O(n^2).
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

int main() {
    int n;
    long long target;
    if (std::scanf("%d %lld", &n, &target) != 2) return 1;
    std::vector<long long> marks(n);
    for (auto &mark : marks) {
        if (std::scanf("%lld", &mark) != 1) return 1;
    }
    long long best = std::llabs(marks[0] + marks[1] - target);
    for (int i = 0; i < n; ++i) {
        for (int j = i + 1; j < n; ++j) {
            best = std::min(best, std::llabs(marks[i] + marks[j] - target));
        }
    }
    std::printf("%lld\n", best);
}
