# Ends the process without a word.
# lost: conv_params conv_macs gap_head
# shows: kernel died
import os

os._exit(0)
