n = int(input())
a = next(a for a in range(2, n) if n % a == 0)
print(a, n // a)
