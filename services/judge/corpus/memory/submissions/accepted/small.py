numbers = [1] * 1000000
print(numbers[5])