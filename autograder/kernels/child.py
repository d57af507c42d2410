"""What a process forked by the zygote becomes, or the first one of a sandbox that is there already."""

import importlib
import json
import os
import random
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from autograder.kernels import inside, linux
from autograder.kernels.limits import Limits
from autograder.kernels.mounts import Mounts
from autograder.kernels.namespaces import Plan, run_isolated

Seal = Callable[[], None]
_ANSWER_SECONDS = 30


def run(request: dict[str, Any]) -> int:
    """Becomes a kernel, a judge, or a look at the isolation; returns the exit code.

    Args:
        request: `role`: `"kernel"`, `"judge"` or `"look"`; `environment`, the whole of it.
            For kernels `view` and `connection`: the importable cvlabs and the connection file, by the names
            that they have for the kernel.
            For judges `path`, which becomes importable. For looks `look`, see `inside.look`; `imports`, if it
            is to find out what can be imported; and `socket`, where it is to answer, or else on its output.
            If it is isolated, `plan`, and `report`, a file for the most memory that was used; otherwise
            `folder`, where it starts.
    """
    with suppress(PermissionError):  # a cold process has a session of its own already
        os.setsid()
    linux.die_with_parent()
    os.environ.clear()
    os.environ.update(request["environment"])
    role = {"kernel": _kernel, "judge": _judge, "look": _look}[request["role"]]
    plan = request.get("plan")
    if plan is not None:
        report = os.open(request["report"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        return run_isolated(read_plan(plan), partial(role, request), report)
    os.chdir(request["folder"])
    role(request, lambda: None)
    return 0


def read_plan(plan: dict[str, Any]) -> Plan:
    """Returns a plan from its JSON form, that of `dataclasses.asdict`."""
    what = plan["mounts"]
    paths = {name: tuple(what[name]) for name in ("system", "hidden")}
    links = tuple((path, target) for path, target in what["links"])
    return Plan(Mounts(**what | paths | {"links": links}), plan["root"], Limits(**plan["limits"]))


def _kernel(request: dict[str, Any], seal: Seal) -> None:
    from ipykernel.kernelapp import IPKernelApp

    for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
        del sys.modules[name]
    sys.path.insert(0, request["view"])
    sys.argv = ["ipykernel", "-f", request["connection"], "--HistoryManager.enabled=False"]
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # its global state was copied from the zygote
    app = IPKernelApp.instance()
    app.initialize(sys.argv[1:])
    seal()
    app.start()


def _judge(request: dict[str, Any], _: Seal) -> None:
    sys.path.insert(0, request["path"])
    from autograder.judging import worker

    worker.main()


def _look(request: dict[str, Any], seal: Seal) -> None:
    for name in request.get("imports", ()):
        importlib.import_module(name)
    seal()
    answer = json.dumps(inside.look(**request["look"])).encode()
    if "socket" in request:
        _answer(request["socket"], answer)
    else:
        os.write(1, answer)
    if "tensorflow" in sys.modules:  # where forking does not work, this hangs
        int(sys.modules["tensorflow"].constant(1) + 1)
    os._exit(0)


def _answer(path: str, answer: bytes) -> None:
    """Answers as kernels do: to whoever connects to a socket that it makes."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        listener.settimeout(_ANSWER_SECONDS)
        connection, _ = listener.accept()
        with connection:
            connection.sendall(answer)
