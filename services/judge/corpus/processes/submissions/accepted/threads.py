import threading

found = []
workers = [threading.Thread(target=found.append, args=(1,)) for _ in range(4)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(len(found))