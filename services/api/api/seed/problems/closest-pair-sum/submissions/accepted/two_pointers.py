import sys


def main():
    n, target, *marks = map(int, sys.stdin.buffer.read().split())
    marks.sort()
    low, high = 0, n - 1
    best = abs(marks[0] + marks[1] - target)
    while low < high:
        difference = marks[low] + marks[high] - target
        if difference < 0:
            low += 1
            difference = -difference
        else:
            high -= 1
        if difference < best:
            best = difference
    print(best)


main()
