# Ends the process by SIGABRT.
# lost: conv_params conv_macs gap_head
# shows: kernel died
import os

os.abort()
