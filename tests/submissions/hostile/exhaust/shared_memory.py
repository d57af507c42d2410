# Fills shared memory and anonymous files, which no process is charged for.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import os

block = b"x" * 2**24
for kind in ("/dev/shm/full", None):
    try:
        file = os.open(kind, os.O_CREAT | os.O_WRONLY) if kind else os.memfd_create("full")
        for _ in range(6000):
            os.write(file, block)
    except OSError:
        pass
