# Loops, and in the meantime sends replies that nobody asked for: a deadline that is looked at only when nothing
# comes would never be met.
# lost: conv_params
# may lose: conv_macs gap_head
# needs: sandbox
import threading

kernel = get_ipython().kernel
identities = kernel._parent_ident["shell"]
stream = kernel.shell_stream or kernel.shell_socket


def flood():
    while True:
        kernel.session.send(
            stream, "execute_reply", {"status": "ok"}, parent={"msg_id": "other"}, ident=identities
        )


threading.Thread(target=flood, daemon=True).start()
while True:
    pass
