# Asks for 100 GB and writes into all of it.
# lost: conv_params
# may lose: conv_macs gap_head
# needs: sandbox
import numpy as np

np.ones(100 * 2**30, dtype="uint8")
