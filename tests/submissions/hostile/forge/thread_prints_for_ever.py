# A thread prints until the end; the cells in which it does may not lose their points.
# answer: right
import threading
import time


def write():
    while True:
        print("still here " * 50)
        time.sleep(0.005)


threading.Thread(target=write, daemon=True).start()
