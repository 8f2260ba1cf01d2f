글 = input()
print(글, len(글))