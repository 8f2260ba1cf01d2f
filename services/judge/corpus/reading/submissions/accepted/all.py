import sys
print(sum(list(map(int, sys.stdin.read().split()))[1:]))