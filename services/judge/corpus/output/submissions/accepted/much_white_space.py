print(" " * 500000)
print(1)