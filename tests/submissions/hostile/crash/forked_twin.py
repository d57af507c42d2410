# Doubles the kernel once: two processes on one set of sockets.
# answer: right
# may lose: conv_params conv_macs gap_head
import os

os.fork()
