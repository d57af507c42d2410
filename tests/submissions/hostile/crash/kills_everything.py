# Kills every process that it may kill.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import os
import signal

try:
    os.kill(-1, signal.SIGKILL)
except OSError:
    pass
for pid in range(2, 70_000):
    if pid != os.getpid():
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
