a, b = map(int, input("numbers? ").split())
print(a + b)