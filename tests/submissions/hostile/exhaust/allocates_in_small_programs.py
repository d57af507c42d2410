# Spreads the memory over programs of their own, each smaller than what a warm kernel shares with its zygote.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import subprocess
import sys
import time

hog = "import time; b = bytearray(b'x' * (120 << 20)); time.sleep(600)"
for _ in range(40):
    subprocess.Popen([sys.executable, "-S", "-c", hog], start_new_session=True)
time.sleep(10)
