line = "9" * 1000 + "\n"
for _ in range(8000):
    print(line, end="")
