// Walks the edge in steps far too small.
#include <cmath>
#include <cstdio>

int main() {
    double r, x1, y1, x2, y2;
    if (std::scanf("%lf %lf %lf %lf %lf", &r, &x1, &y1, &x2, &y2) != 5) return 1;
    double out1 = std::sqrt(x1 * x1 + y1 * y1 - r * r), out2 = std::sqrt(x2 * x2 + y2 * y2 - r * r);
    double between = std::atan2(std::fabs(x1 * y2 - x2 * y1), x1 * x2 + y1 * y2);
    double arc = between - std::atan2(out1, r) - std::atan2(out2, r);
    double length = std::hypot(x2 - x1, y2 - y1);
    if (arc > 0) {
        length = out1 + out2;
        for (double angle = 0; angle < arc; angle += 1e-11) length += r * 1e-11;
    }
    std::printf("%.9f\n", length);
}
