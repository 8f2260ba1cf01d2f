# Walks through the pond.
from math import hypot

r = int(input())
x1, y1 = map(int, input().split())
x2, y2 = map(int, input().split())
print(hypot(x2 - x1, y2 - y1))
