# Kills the first process.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import os
import signal

for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
    try:
        os.kill(1, number)
    except OSError:
        pass
