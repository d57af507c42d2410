# Closes every open file, the sockets of the kernel among them.
# lost: conv_params conv_macs gap_head
import os

os.closerange(0, 10_000)
