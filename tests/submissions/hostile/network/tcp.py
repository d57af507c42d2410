# Connects to a program on this machine, and to addresses outside.
# answer: right
# needs: sandbox
# hides: was reached
import socket

for address in (
    ("127.0.0.1", int("<tcp_port>")),
    ("localhost", int("<tcp_port>")),
    ("192.0.2.1", 53),
    ("pypi.org", 443),
):
    try:
        with socket.create_connection(address, timeout=2) as link:
            link.send(b"hello")
            print(address, "was " + "reached")
    except OSError:
        pass
