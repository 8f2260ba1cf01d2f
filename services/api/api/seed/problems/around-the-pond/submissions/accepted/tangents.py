from math import atan2, hypot, sqrt

r = int(input())
x1, y1 = map(int, input().split())
x2, y2 = map(int, input().split())
out1 = sqrt(x1 * x1 + y1 * y1 - r * r)
out2 = sqrt(x2 * x2 + y2 * y2 - r * r)
between = atan2(abs(x1 * y2 - x2 * y1), x1 * x2 + y1 * y2)
arc = between - atan2(out1, r) - atan2(out2, r)
print(out1 + out2 + r * arc if arc > 0 else hypot(x2 - x1, y2 - y1))
