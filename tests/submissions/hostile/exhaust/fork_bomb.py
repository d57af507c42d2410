# Doubles itself without end.
# lost: conv_params
# may lose: conv_macs gap_head
# needs: sandbox
import os

while True:
    os.fork()
