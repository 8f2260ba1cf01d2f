import sys
sys.stdout.write("500")
sys.stdout.flush()
sys.stdin.readline()
