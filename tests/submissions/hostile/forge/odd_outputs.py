# Sends outputs that no notebook holds.
# answer: right
import json

kernel = get_ipython().kernel
kernel.session.pack = lambda value: json.dumps(value, default=str).encode()
deep = [1]
for _ in range(300):
    deep = [deep]


def say(kind, content):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent("shell"))


for data in (
    {"text/plain": 5, "text/html": {"a": 1}, "image/png": [1], "image/svg+xml": None, "text/latex": True},
    {"image/png": "no base64", "image/jpeg": "=", "application/json": deep, "application/x": deep},
    {"text/html": deep, "text/plain": ["a", 5, None]},
    {"": "", "x" * 10_000: "y", "\0": "\0"},
):
    say("display_data", {"data": data, "metadata": {"a": deep}})
    say("display_data", {"data": data, "metadata": 5})
    say("execute_result", {"data": data, "metadata": {}, "execution_count": -5})
say("execute_input", {"code": 5, "execution_count": -7})
say("execute_input", {"code": "", "execution_count": True})
say("error", {"ename": "", "evalue": "", "traceback": []})
say("clear_output", {"wait": "x"})
say("stream", {"name": "stdout", "text": "\x00\x1b[2J\x07"})
