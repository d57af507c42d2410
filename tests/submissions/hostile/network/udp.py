# Sends datagrams, which need nobody's consent.
# answer: right
# needs: sandbox
import socket

for address in (
    ("127.0.0.1", int("<udp_port>")),
    ("255.255.255.255", int("<udp_port>")),
    ("224.0.0.1", int("<udp_port>")),
):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        try:
            link.sendto(b"hello", address)
        except OSError:
            pass
