# Sends what is no message on the channel of replies.
# answer: right
# may lose: conv_params conv_macs gap_head
kernel = get_ipython().kernel
identities = kernel._parent_ident["shell"]
stream = kernel.shell_stream or kernel.shell_socket
identities = identities if isinstance(identities, list) else [identities]
for parts in (
    [b"<IDS|MSG>", b"no signature", b"{}", b"{", b"}", b"{}"],
    [b"nothing"],
    [b"<IDS|MSG>"],
    [b"x" * 1000] * 50,
):
    stream.send_multipart([*identities, *parts])
