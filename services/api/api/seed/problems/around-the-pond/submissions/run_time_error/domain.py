# acos outside its domain: the pond is too far away or too near.
from math import acos, hypot, sqrt

r = int(input())
x1, y1 = map(int, input().split())
x2, y2 = map(int, input().split())
a, b = hypot(x1, y1), hypot(x2, y2)
between = acos((x1 * x2 + y1 * y2) / (a * b) * (1 + 1e-15))
arc = between - acos(r / a) - acos(r / b)
print(sqrt(a * a - r * r) + sqrt(b * b - r * r) + r * arc if arc > 0 else hypot(x2 - x1, y2 - y1))
