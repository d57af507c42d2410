# Connects to a program on this machine by a socket in a file, and by one without.
# answer: right
# needs: sandbox
# hides: was reached
import socket

for name in ("<unix_socket>", "\0<abstract_socket>", "/var/run/docker.sock", "/run/systemd/private"):
    with socket.socket(socket.AF_UNIX) as link:
        try:
            link.connect(name)
            link.send(b"hello")
            print("was " + "reached")
        except OSError:
            pass
