# Spreads the memory over many processes, each below any limit of one.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import subprocess
import sys

hog = "b = bytearray(b'x' * (800 << 20)); import time; time.sleep(600)"
for _ in range(60):
    subprocess.Popen([sys.executable, "-S", "-c", hog], start_new_session=True)
