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
    std::sort(marks.begin(), marks.end());
    long long best = std::llabs(marks[0] + marks[1] - target);
    for (int low = 0, high = n - 1; low < high;) {
        long long sum = marks[low] + marks[high];
        best = std::min(best, std::llabs(sum - target));
        if (sum < target) ++low; else --high;
    }
    std::printf("%lld\n", best);
}
