import sys
sys.stdout.buffer.write(b"Y\xffs")