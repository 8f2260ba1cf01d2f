import os
import sys
import time

wish = sys.stdin.readline().strip()
if wish == "crash":
    os.abort()
if wish == "late":
    time.sleep(1)
    os.abort()
if wish == "zero":
    sys.exit(0)
if wish == "flood":
    for _ in range(100000):
        print("x" * 99)
    sys.stdout.flush()
if wish == "loop":
    while True:
        pass
sys.exit(42 if wish in {"flood", "yes"} else 43)
