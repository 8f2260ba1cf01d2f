#include <cmath>
#include <cstdio>

int main() {
    double r, x1, y1, x2, y2;
    if (std::scanf("%lf %lf %lf %lf %lf", &r, &x1, &y1, &x2, &y2) != 5) return 1;
    double a = std::hypot(x1, y1), b = std::hypot(x2, y2);
    double between = std::atan2(std::fabs(x1 * y2 - x2 * y1), x1 * x2 + y1 * y2);
    double arc = between - std::acos(std::fmin(1, r / a)) - std::acos(std::fmin(1, r / b));
    double length = std::hypot(x2 - x1, y2 - y1);
    if (arc > 0) {
        length = std::sqrt(std::fmax(0, a * a - r * r)) + std::sqrt(std::fmax(0, b * b - r * r)) + r * arc;
    }
    std::printf("%.9f\n", length);
}
