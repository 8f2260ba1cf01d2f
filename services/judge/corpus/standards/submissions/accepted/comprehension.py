import sys
import collections, itertools, functools, heapq, bisect, math, re, string
from typing import List
n, *numbers = map(int, sys.stdin.read().split())
print(functools.reduce(lambda a, b: a + b, numbers))