# Writes to the file descriptors themselves, as C code does, also to those that lead to the grader's log.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import os

open_ones = [int(name) for name in os.listdir("/proc/self/fd")]
ours = []
for number in open_ones:
    try:
        target = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    if number in (1, 2) or "log" in target or "/tmp/" in target:
        ours.append(number)
while True:
    for number in ours:
        try:
            os.write(number, b"e" * 100_000)
        except OSError:
            pass
