# Looks at neighbours in sorted order only.
import sys


def main():
    n, target, *marks = map(int, sys.stdin.buffer.read().split())
    marks.sort()
    print(min(abs(marks[i] + marks[i + 1] - target) for i in range(n - 1)))


main()
