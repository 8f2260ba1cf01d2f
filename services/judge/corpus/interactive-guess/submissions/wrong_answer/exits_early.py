print(2, flush=True)
input()
