"""Pid 1 of a sandbox that is there already: starts a kernel in it, and watches it as in namespaces.

    python -I -S launch.py REQUEST SITE…

REQUEST is that of `child.run`, as JSON, with `limits`, those of the kernel's processes, and `watched`, those
of all of them together.

Standard input is a pipe from the grader: a byte is a signal for the kernel, the end is its end. So it does
not matter what the programs between them do with signals, nor whether these outlive the grader. Standard
output gets the most memory that was used, standard error what the kernel itself writes.

Under `-I -S` the path holds the standard library only. The installed packages are added without reading their
.pth files: an editable installation of this repository is one of those.
"""

import json
import os
import shutil
import site
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_PROGRAMS = Path(__file__).parents[2]


def main() -> int:
    """Furnishes the home, starts the kernel and waits for its end; returns the exit code that says why."""
    text, *packages = sys.argv[1:]
    request: dict[str, Any] = json.loads(text)
    sys.path += [str(_PROGRAMS), *packages]
    from autograder.kernels import child, init, landlock, linux, mounts, namespaces
    from autograder.kernels.limits import Limits

    sys.path.remove(str(_PROGRAMS))
    site.setquit()  # -S leaves out `help`, `exit`, …, which students may use
    site.setcopyright()
    site.sethelper()
    linux.prctl(linux.PR_SET_DUMPABLE, 0)  # what it has in memory, and its pipes, are nobody's
    for folder in Path(mounts.GIVEN).iterdir():
        shutil.copytree(folder, Path(mounts.HOME) / folder.name, dirs_exist_ok=True)
    report = os.dup(1)
    os.dup2(2, 1)
    kernel = os.fork()
    if kernel:
        return init.watch(kernel, Limits(**request["watched"]), report, orders=0)
    os.close(report)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    with suppress(OSError):  # where memory runs out before init has looked, it is this that the system ends
        Path("/proc/self/oom_score_adj").write_text("1000")
    namespaces.give_up_privileges(Limits(**request["limits"]), os.geteuid())
    landlock.write_only_in((mounts.HOME, "/tmp", "/dev", "/proc"), mounts.RUN)
    return child.run(request)


if __name__ == "__main__":
    sys.exit(main())
