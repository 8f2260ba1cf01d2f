import sys
for _ in range(10):
    print(2, flush=True)
    sys.stdin.readline()
while True:
    pass
