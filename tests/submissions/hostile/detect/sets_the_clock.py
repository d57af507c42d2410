# Sets the clock of the machine, so that it was handed in last year.
# answer: right
# needs: sandbox
import time

for clock in (time.CLOCK_REALTIME,):
    try:
        time.clock_settime(clock, time.time() - 365 * 86_400)
    except OSError:
        pass
