"""Commands that run a program in bubblewrap or in a container, with the mounts and limits of `namespaces`.

Both start a fresh process, so these kernels are cold. Which image a container has does not matter as long as
it is there: the system and the Python environment are this machine's, mounted read-only over it.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from autograder.kernels.limits import Limits
from autograder.kernels.mounts import HOME, LAB, RUN, VIEW, Mounts

IMAGE = "CVLABS_GRADING_IMAGE"
PROGRAMS = "/kernel/programs"
_HERE = Path(__file__).parent


def bubblewrap(what: Mounts, environment: Mapping[str, str]) -> list[str] | None:
    """Returns the command that a program's command follows; `None` where bubblewrap is not installed."""
    program = shutil.which("bwrap")
    if program is None:
        return None
    command = [program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    command += ["--hostname", "grading", "--clearenv"]
    for name, value in environment.items():
        command += ["--setenv", name, value]
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", HOME]
    for path in what.system:  # after /tmp: the environment may lie below it
        command += ["--ro-bind", path, path]
    for path, target in what.links:
        command += ["--symlink", target, path]
    for path in what.hidden:
        command += ["--tmpfs", path]
    command += ["--ro-bind", str(_HERE), PROGRAMS, "--ro-bind", what.view, VIEW, "--bind", what.run, RUN]
    command += ["--ro-bind", what.files, LAB] if what.files else ["--dir", LAB]
    return [*command, "--remount-ro", "/", "--chdir", LAB]


def container(what: Mounts, environment: Mapping[str, str], most: Limits) -> list[str] | None:
    """Returns the command that a program's command follows; `None` without podman, docker or an image.

    The image is the one that the environment variable `CVLABS_GRADING_IMAGE` names; nothing is downloaded.
    """
    program, image = shutil.which("podman") or shutil.which("docker"), os.environ.get(IMAGE)
    if program is None or not image:
        return None
    size = f"rw,nosuid,nodev,size={most.scratch},mode=1777"
    command = [program, "run", "--rm", "--init", "--pull", "never", "--network", "none", "--read-only"]
    command += ["--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--hostname", "grading"]
    command += ["--pids-limit", str(most.processes + 16 * (os.cpu_count() or 1))]
    command += ["--memory", str(most.memory), "--memory-swap", str(most.memory)]
    command += [
        "--user",
        f"{os.getuid()}:{os.getgid()}",
        "--tmpfs",
        f"/tmp:{size}",
        "--tmpfs",
        f"{HOME}:{size}",
    ]
    for name, value in environment.items():
        command += ["--env", f"{name}={value}"]
    for path in what.system:
        command += ["--volume", f"{path}:{path}:ro"]
    for path in what.hidden:
        command += ["--tmpfs", f"{path}:ro,size=4k"]
    for path, inside, mode in ((str(_HERE), PROGRAMS, "ro"), (what.view, VIEW, "ro"), (what.run, RUN, "rw")):
        command += ["--volume", f"{path}:{inside}:{mode}"]
    command += ["--volume", f"{what.files}:{LAB}:ro"] if what.files else []
    return [*command, "--workdir", LAB if what.files else HOME, image]
