# Leaves processes that have cut every tie to the kernel.
# answer: right
# needs: sandbox
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 10_000)
        while True:
            time.sleep(1)
    os._exit(0)
