# Reads from address 0.
# lost: conv_params conv_macs gap_head
# shows: kernel died
import ctypes

ctypes.string_at(0)
