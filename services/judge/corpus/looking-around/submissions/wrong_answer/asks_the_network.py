import socket
try:
    socket.create_connection(("127.0.0.1", 18200), 1)
    print(1764)
except OSError:
    print("no network")