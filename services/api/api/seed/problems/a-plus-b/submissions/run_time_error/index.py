numbers = list(map(int, input().split()))
print(numbers[0] + numbers[2])
