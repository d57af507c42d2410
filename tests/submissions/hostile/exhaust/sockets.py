# Fills the buffers of sockets, in many processes, and reads none of them.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import os
import socket
import time

for _ in range(40):
    if os.fork() == 0:
        kept = []
        try:
            while True:
                kept += socket.socketpair()
        except OSError:
            pass
        for end in kept:
            end.setblocking(False)
            try:
                while True:
                    end.send(b"x" * 4096)
            except OSError:
                pass
        time.sleep(600)
time.sleep(10)
