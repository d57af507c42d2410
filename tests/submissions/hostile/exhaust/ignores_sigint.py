# Does not listen to the interrupt at the time limit.
# lost: conv_params conv_macs gap_head
# shows: the time limit for one cell
# shows: This cell was not run
import signal
import time

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
while True:
    time.sleep(1)
