import sys
sys.stderr.write("debug\n" * 10000)
print(1)