"""What a kernel sees of the file system: system and Python environment, read-only, and its own folders.

An allow-list: the file system is built up from nothing, so the course, other submissions, the instructor's
home and whatever else is on the machine are not hidden but absent.

    /usr /lib … /etc (some)     the system's        /kernel/run      its connection file and sockets
    the Python environment      at its own path     /kernel/view     what of cvlabs it may import
    /home/student               empty               /home/student/lab  where it starts: the lab's files
    /tmp /dev/shm               empty               /proc /dev       its own processes, harmless devices
"""

import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

RUN, VIEW, HOME, LAB = "/kernel/run", "/kernel/view", "/home/student", "/home/student/lab"
GIVEN = "/kernel/given"  # for wrapped kernels: what `launch` copies to `HOME`
PROGRAMS = "/kernel/programs"  # for wrapped kernels: our own code

DEVICES = ("null", "full", "random", "urandom")  # whoever maps `zero` has memory that nobody is charged for
_SYSTEM = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store",
    "/sys/devices/system/cpu", "/sys/devices/system/node",
    *(f"/etc/{name}" for name in ("alternatives", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d",
                                  "localtime", "mime.types", "os-release", "ssl/certs",
                                  "ssl/openssl.cnf", "timezone")),
)  # fmt: skip
_HIDDEN = ("cvlabs", "autograder")  # where they are installed rather than lying beside their repository


@dataclass(frozen=True)
class Mounts:
    """The parts of a kernel's file system that exist outside of it.

    Args:
        system: Paths that it sees, read-only, where they are.
        links: Symbolic links among the system's paths, and what they say.
        hidden: Folders below these that it sees empty.
        run: The folder that becomes `RUN`.
        view: The folder that becomes `VIEW`.
        files: The folder whose content is copied to `LAB`; empty if none.
    """

    system: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...]
    run: str
    view: str
    files: str


def find_mounts(run: Path, view: Path, files: Path | None, packages: tuple[str, ...]) -> Mounts:
    """Finds what a kernel of this Python environment needs.

    Args:
        run: The folder with the connection file.
        view: The folder of importable cvlabs.
        files: The folder of the lab's files.
        packages: The folders that hold the installed packages.
    """
    environment = {sys.prefix, sys.base_prefix, *packages, sysconfig.get_path("stdlib")}
    environment |= {str(Path(sys.executable).resolve().parent)}
    wanted = [path for path in (*_SYSTEM, *sorted(environment)) if Path(path).exists()]
    links = tuple((p, str(Path(p).readlink())) for p in wanted if Path(p).is_symlink())
    linked = {path for path, _ in links}
    system = _outermost([path for path in wanted if path not in linked])
    hidden = [Path(folder) / name for folder in packages for name in _HIDDEN]
    return Mounts(
        system, links, tuple(str(p) for p in hidden if p.is_dir()), str(run), str(view), str(files or "")
    )


def _outermost(paths: list[str]) -> tuple[str, ...]:
    """Leaves out what lies inside of another one."""
    kept: list[str] = []
    for path in sorted(paths):
        if not any(Path(path).is_relative_to(outer) for outer in kept):
            kept.append(path)
    return tuple(kept)
