# A step of the two pointers for each call: deep inputs break it.
import sys


def closest(marks, low, high, target):
    if low == high:
        return 1 << 62
    difference = marks[low] + marks[high] - target
    if difference < 0:
        return min(-difference, closest(marks, low + 1, high, target))
    return min(difference, closest(marks, low, high - 1, target))


n, target, *marks = map(int, sys.stdin.read().split())
marks.sort()
print(closest(marks, 0, n - 1, target))
