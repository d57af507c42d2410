# Opens a port and waits for somebody to come by.
# answer: right
import socket
import threading

server = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=server.accept, daemon=True).start()
