# A float is exact up to 2**53 only.
a, b = map(float, input().split())
print(int(a + b))
