try:
    print(open("/box/input.txt").read())
except OSError:
    print("none")