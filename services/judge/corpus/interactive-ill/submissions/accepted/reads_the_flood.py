import sys
print("flood", flush=True)
sys.stdin.buffer.read()
