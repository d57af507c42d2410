# Sends messages of every old form, with days that no calendar has, and nested deeper than any reader goes.
# answer: right
import json

kernel = get_ipython().kernel
session, stream = kernel.session, kernel.shell_stream or kernel.shell_socket
identities = kernel._parent_ident["shell"]
identities = identities if isinstance(identities, list) else [identities]
parent = session.pack(kernel.get_parent("shell")["header"]).decode()


def say(header, origin, content):
    parts = [part.encode() for part in (json.dumps(header), origin, "{}", content)]
    sealed = [b"<IDS|MSG>", session.sign(parts), *parts]
    stream.send_multipart([*identities, *sealed])
    kernel.iopub_socket.send_multipart([b"x", *sealed])


def about(kind, version="5.3", date="2020-01-01T00:00:00Z"):
    return {"msg_id": "x", "msg_type": kind, "version": version, "date": date}


for version in ("5.3", "4.0", "3", "1.0", "5." + "9" * 4000, "x", 5, None, []):
    for kind in ("pyout", "pyerr", "stream", "complete_reply", "object_info_reply", "kernel_info_reply", 5):
        for content in ("{}", "[]", "null", '{"data": 5, "name": [], "matches": {}, "language_version": 6}'):
            say(about(kind, version), '{"msg_id": "no"}', content)
for date in ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59+99:99", "0000-00-00T25:61:61Z"):
    say(about("stream", date=date), json.dumps({"msg_id": "no", "date": date}), "{}")
for depth in (*range(50, 1000, 50), 100_000):
    lists, dicts = "[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth
    say(about("execute_reply"), '{"msg_id": "no"}', dicts)
    for deep in (lists, dicts):
        say(about("display_data"), parent, f'{{"data": {{"text/plain": {deep}}}, "metadata": {dicts}}}')
        say(about("error"), parent, f'{{"ename": "a", "evalue": "b", "traceback": [], "more": {deep}}}')
for kind in ("execute_reply", "kernel_info_reply", "complete_reply", "stream", "odd"):
    for content in ("{}", '{"status": "error"}', '{"status": "error", "ename": "a", "evalue": "b"}'):
        say(about(kind), parent, content)
number = "9" * 4300
say(about("execute_input"), parent, f'{{"code": "", "execution_count": {number}}}')
say(about("execute_result"), parent, f'{{"data": {{}}, "metadata": {{}}, "execution_count": {number}}}')
