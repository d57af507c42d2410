# Kills the process that started it.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import os
import signal

os.kill(os.getppid(), signal.SIGKILL)
