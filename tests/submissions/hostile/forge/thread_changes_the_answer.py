# A thread puts a wrong answer in place of each right one, as soon as it is there.
# answer: right
# may lose: conv_params conv_macs gap_head
import threading
import time

space = get_ipython().user_ns


def spoil():
    while True:
        space["conv_macs"] = space["conv_params"]
        time.sleep(0.0001)


threading.Thread(target=spoil, daemon=True).start()
