# Tells that the cell has come to its end while it has not.
# answer: right
# may lose: conv_params
import time

kernel = get_ipython().kernel
kernel.session.send(
    kernel.iopub_socket, "status", {"execution_state": "idle"}, parent=kernel.get_parent("shell")
)
time.sleep(1)
