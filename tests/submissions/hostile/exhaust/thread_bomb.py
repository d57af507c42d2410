# Starts threads until no more can be started, and keeps them.
# answer: right
# may lose: conv_params conv_macs gap_head
# needs: sandbox
import threading

while True:
    try:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    except RuntimeError:
        break
