import sys


def main():
    n, target, *marks = map(int, sys.stdin.buffer.read().split())
    print(min(abs(marks[i] + marks[j] - target) for i in range(n) for j in range(i + 1, n)))


main()
