# Fills its folder and every other one that it may write to, and leaves the files there.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import os
import tempfile

block = b"x" * 2**24
for folder in (".", tempfile.gettempdir(), os.path.expanduser("~"), "/tmp", "/var/tmp", "/dev/shm", "/run"):
    try:
        with open(f"{folder}/full", "wb") as file:
            for _ in range(6000):
                file.write(block)
    except OSError:
        pass
