# Writes text that is no text: halves of surrogate pairs, in everything that reaches the page.
# lost: conv_params
import json

kernel = get_ipython().kernel
kernel.session.pack = lambda value: json.dumps(value, default=str).encode()


def say(kind, content):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent("shell"))


say("stream", {"name": "stdout", "text": "half \ud800 \udfff"})
say(
    "display_data",
    {"data": {"text/plain": "\ud800", "text/html": "<b>\ud800</b>"}, "metadata": {"\ud800": "\ud800"}},
)
say("error", {"ename": "E\ud800", "evalue": "\ud800", "traceback": ["\ud800"]})


def conv_params(kernel_size, in_channels, filters):
    raise ValueError("half \ud800")
