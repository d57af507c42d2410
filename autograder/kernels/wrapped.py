"""Commands that run `launch.py` in bubblewrap or in a container, with the mounts of `namespaces`.

Both start a fresh process, so these kernels are cold. Which image a container has does not matter as long as
it is there: the system and the Python environment are this machine's, mounted read-only over it.

Two things are weaker than in namespaces. The folder of the sockets lies on the disk of the grader's temporary
files, and it is Landlock that keeps other files from being made there: where there is none, no limit keeps
that disk from being filled. And a bubblewrap older than 0.7 limits no files in memory: then `init` alone
does, which ends a kernel that uses too much memory in all.
"""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.kernels import mounts, warm
from autograder.kernels.home import KernelHome
from autograder.kernels.limits import Limits
from autograder.kernels.mounts import GIVEN, HOME, PROGRAMS, RUN, VIEW, Mounts

IMAGE = "CVLABS_GRADING_IMAGE"
_HERE = Path(__file__).parent
_SCRATCH = (HOME, "/tmp", "/dev/shm")
_KERNELS = f"{PROGRAMS}/autograder/kernels"


@dataclass(frozen=True)
class Wrapping:
    """How a program is run in a sandbox.

    Args:
        command: The command.
        end: A command that ends what goes on after the first one has been killed; empty if nothing does.
    """

    command: list[str]
    end: list[str]


def wrap(
    level: str, home: KernelHome, environment: Mapping[str, str], most: Limits, request: str
) -> Wrapping:
    """Returns how `launch.py` is run at a level.

    Args:
        level: `"bubblewrap"` or `"container"`.
        home: The home, furnished.
        environment: The whole environment.
        most: The limits of all processes together.
        request: See `launch`.

    Raises:
        OSError: This machine has nothing for that level.
    """
    what = mounts.find_mounts(home.run, home.view, None, warm.packages())
    program = [sys.executable, "-I", "-S", f"{_KERNELS}/launch.py", request, *warm.packages()]
    own = [(str(_HERE), _KERNELS), (what.view, VIEW), (str(home.own), GIVEN), *_names(home)]
    if level == "bubblewrap":
        return Wrapping(_bubblewrap(what, own, environment, most, program), [])
    return _container(what, own, environment, most, program)


def _bubblewrap(
    what: Mounts,
    own: Sequence[tuple[str, str]],
    environment: Mapping[str, str],
    most: Limits,
    program: list[str],
) -> list[str]:
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise OSError("bwrap is not installed")
    size = ["--size", str(most.scratch)] if _knows_sizes(bwrap) else []
    command = [bwrap, "--unshare-all", "--die-with-parent", "--as-pid-1", "--new-session"]
    command += ["--cap-drop", "ALL", "--hostname", "grading", "--clearenv"]
    for name, value in environment.items():
        command += ["--setenv", name, value]
    command += ["--proc", "/proc", "--dev", "/dev"]
    for path in _SCRATCH:
        command += [*size, "--tmpfs", path]
    command += ["--ro-bind", "/dev/null", "/dev/zero"]  # see `mounts.DEVICES`; such a bind opens no device
    command += ["--remount-ro", "/dev"]
    for path in what.system:  # after /tmp: the environment may lie below it
        command += ["--ro-bind", path, path]
    for path, target in what.links:
        command += ["--symlink", target, path]
    for path in what.hidden:
        command += ["--tmpfs", path, "--remount-ro", path]
    for path, inside in own:
        command += ["--ro-bind", path, inside]
    command += ["--bind", what.run, RUN, "--remount-ro", "/", "--chdir", HOME]
    return [*command, *program]


@cache
def _knows_sizes(bwrap: str) -> bool:
    known = subprocess.run([bwrap, "--help"], capture_output=True, text=True, check=False)
    return "--size" in known.stdout + known.stderr


def _container(
    what: Mounts,
    own: Sequence[tuple[str, str]],
    environment: Mapping[str, str],
    most: Limits,
    program: list[str],
) -> Wrapping:
    """Returns how it is run in the image that `CVLABS_GRADING_IMAGE` names; nothing is downloaded."""
    podman = shutil.which("podman")
    engine, image = podman or shutil.which("docker"), os.environ.get(IMAGE)
    if engine is None or not image:
        raise OSError(f"it needs podman or docker, and an image named in {IMAGE}")
    name = f"cvlabs-{secrets.token_hex(8)}"
    command = [engine, "run", "--rm", "--interactive", "--name", name, "--pull", "never"]
    command += ["--network", "none", "--read-only", "--log-driver", "none", "--hostname", "grading"]
    command += ["--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--security-opt", "label=disable"]
    command += ["--pids-limit", str(most.processes + 16 * (os.cpu_count() or 1))]
    memory = str(most.memory + most.scratch)  # `init` ends it before, and says why
    command += ["--memory", memory, "--memory-swap", memory]
    command += ["--user", f"{os.getuid()}:{os.getgid()}"]
    if podman:  # its other temporary folders have no limit; without root, our user is another one inside
        command += ["--read-only-tmpfs=false", *(["--userns", "keep-id"] if os.getuid() else [])]
    for path in _SCRATCH:
        command += ["--tmpfs", f"{path}:rw,exec,nosuid,nodev,size={most.scratch},mode=1777"]
    for variable, value in environment.items():
        command += ["--env", f"{variable}={value}"]
    # An image may lack /lib64, or have a folder there. Of links to files none matters.
    links = [(str(Path(path).resolve()), path) for path, _ in what.links if Path(path).is_dir()]
    for path, inside in (*((path, path) for path in what.system), *links, *own):
        command += ["--volume", f"{path}:{inside}:ro"]
    for path in what.hidden:
        command += ["--tmpfs", f"{path}:ro,size=4k"]
    # A folder that the engine makes to work in is root's, and so is what it then mounts there.
    command += ["--volume", f"{what.run}:{RUN}:rw", "--workdir", "/", "--entrypoint", program[0], image]
    return Wrapping([*command, *program[1:]], [engine, "rm", "--force", name])


def _names(home: KernelHome) -> list[tuple[str, str]]:
    """Writes the files that say who the kernel is."""
    user, group = os.getuid(), os.getgid()
    texts = {
        "passwd": f"student:x:{user}:{group}::{HOME}:/bin/sh\n",
        "group": f"student:x:{group}:\n",
        "hosts": "127.0.0.1 localhost\n",
    }
    for name, text in texts.items():
        (home.root / name).write_text(text)
    return [(str(home.root / name), f"/etc/{name}") for name in texts]
