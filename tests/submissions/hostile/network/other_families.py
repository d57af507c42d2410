# Tries the kinds of sockets that are seldom thought of.
# answer: right
# needs: sandbox
# hides: was reached
import socket

for family, kind in ((16, 3), (17, 3), (40, 1), (2, 3), (38, 5), (10, 1)):
    try:
        with socket.socket(family, kind) as link:
            link.settimeout(1)
            if family == 40:
                link.connect((2, 22))
                print("was " + "reached")
            if family == 10:
                link.connect(("::1", int("<tcp_port>")))
                print("was " + "reached")
    except (OSError, ValueError):
        pass
