import sys

low, high = 1, 1000
while True:
    guess = (low + high) // 2
    print(guess)
    word = sys.stdin.readline().strip()
    if word == "correct":
        break
    if word == "higher":
        low = guess + 1
    else:
        high = guess - 1
