# Opens a comm, by which widgets change outputs that are there already.
# answer: wrong
# lost: conv_params
kernel = get_ipython().kernel
for kind, content in (
    (
        "comm_open",
        {
            "comm_id": "a",
            "target_name": "jupyter.widget",
            "data": {
                "state": {
                    "_model_name": "OutputModel",
                    "msg_id": kernel.get_parent("shell")["header"]["msg_id"],
                }
            },
        },
    ),
    ("comm_msg", {"comm_id": "a", "data": {"method": "update", "state": {"outputs": [], "msg_id": ""}}}),
    ("comm_close", {"comm_id": "a", "data": {}}),
):
    kernel.session.send(
        kernel.iopub_socket, kind, content, parent=kernel.get_parent("shell"), metadata={"version": "2.0"}
    )
