# Asks for names, by the system's resolver and by hand: a question can carry a secret.
# answer: right
# needs: sandbox
# hides: was reached
import socket

for name in ("example.com", "pypi.org", "secret.example.com"):
    try:
        print(socket.getaddrinfo(name, 80), "was " + "reached")
    except OSError:
        pass
for line in open("/etc/resolv.conf") if __import__("os").path.exists("/etc/resolv.conf") else ():
    if line.startswith("nameserver"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
            try:
                link.sendto(b"\0\1\1\0\0\1\0\0\0\0\0\0\7example\3com\0\0\1\0\1", (line.split()[1], 53))
                link.settimeout(2)
                print(link.recv(100), "was " + "reached")
            except OSError:
                pass
