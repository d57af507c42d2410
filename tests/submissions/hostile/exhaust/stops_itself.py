# Stops its process, which then neither answers nor dies.
# lost: conv_params conv_macs gap_head
# shows: This cell was not run
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
