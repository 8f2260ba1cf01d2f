text = input()
print(text, len(text))