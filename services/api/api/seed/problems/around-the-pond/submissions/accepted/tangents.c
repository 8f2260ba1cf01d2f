#include <math.h>
#include <stdio.h>

int main(void) {
    long long r, x1, y1, x2, y2;
    if (scanf("%lld %lld %lld %lld %lld", &r, &x1, &y1, &x2, &y2) != 5) return 1;
    long long cross = x1 * y2 - x2 * y1, dot = x1 * x2 + y1 * y2;
    double out1 = sqrt((double)(x1 * x1 + y1 * y1 - r * r));
    double out2 = sqrt((double)(x2 * x2 + y2 * y2 - r * r));
    /* The angle from a point to where its tangent touches, without acos near 1. */
    double arc = atan2(fabs((double)cross), (double)dot) - atan2(out1, (double)r) - atan2(out2, (double)r);
    double straight = sqrt((double)((x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2)));
    printf("%.12g\n", arc > 0 ? out1 + out2 + r * arc : straight);
    return 0;
}
