import time
time.sleep(0.3)
print(1)