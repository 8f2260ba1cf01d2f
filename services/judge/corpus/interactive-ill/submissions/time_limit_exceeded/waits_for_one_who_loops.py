print("loop", flush=True)
input()
