// Right, but prints six significant digits only.
#include <cmath>
#include <iostream>

int main() {
    double r, x1, y1, x2, y2;
    std::cin >> r >> x1 >> y1 >> x2 >> y2;
    double out1 = std::sqrt(x1 * x1 + y1 * y1 - r * r), out2 = std::sqrt(x2 * x2 + y2 * y2 - r * r);
    double between = std::atan2(std::fabs(x1 * y2 - x2 * y1), x1 * x2 + y1 * y2);
    double arc = between - std::atan2(out1, r) - std::atan2(out2, r);
    std::cout << (arc > 0 ? out1 + out2 + r * arc : std::hypot(x2 - x1, y2 - y1)) << '\n';
}
