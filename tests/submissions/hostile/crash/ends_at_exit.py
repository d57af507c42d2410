# Hangs in everything that runs when a process ends.
# answer: right
import atexit
import signal
import threading
import time


def hang(*_):
    while True:
        time.sleep(1)


atexit.register(hang)
threading.Thread(target=hang).start()
signal.signal(signal.SIGTERM, hang)
