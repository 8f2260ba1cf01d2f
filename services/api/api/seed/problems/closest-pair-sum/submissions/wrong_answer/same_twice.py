# Uses one weight twice.
import sys


def main():
    n, target, *marks = map(int, sys.stdin.buffer.read().split())
    marks.sort()
    low, high = 0, n - 1
    best = abs(2 * marks[0] - target)
    while low <= high:
        difference = marks[low] + marks[high] - target
        best = min(best, abs(difference))
        if difference < 0:
            low += 1
        else:
            high -= 1
    print(best)


main()
