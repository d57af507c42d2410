"""Isolates a forked process: new namespaces, an own file system, no privileges, limits, a filter.

    zygote ── keeper              waits; dies with the zygote
                └─ init           pid 1 of the new namespaces; see init.py
                     └─ kernel    no privileges any more

Exec would throw away the warm memory that the fork is for, so this is done by the process itself, in Python.
An ordinary user gets the right to do so from a user namespace. Root gets none: it mounts with its own
rights, and the kernel becomes a user of its own who owns nothing, which is as good.
"""

import os
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.kernels import init, limits, linux, mounts, seccomp
from autograder.kernels.limits import Limits
from autograder.kernels.mounts import HOME, LAB, RUN, VIEW, Mounts

_NAMESPACES = (
    linux.CLONE_NEWNS | linux.CLONE_NEWPID | linux.CLONE_NEWNET | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS
)
_FIRST_FREE_USER = 400_000_000
_NICE = 5


@dataclass(frozen=True)
class Plan:
    """What a forked process is to be shut into.

    Args:
        mounts: What it sees.
        root: An empty folder, where its file system is put together.
        limits: What it may use.
    """

    mounts: Mounts
    root: str
    limits: Limits


def run_isolated(plan: Plan, run: Callable[[Callable[[], None]], None], report: int) -> int:
    """Runs `run` isolated, in a grandchild, and returns its exit code; the caller becomes its keeper.

    Args:
        plan: What it is shut into.
        run: Gets a function to call once it has made its sockets in `RUN`, which is read-only from then on.
        report: A file, open for writing, for the most memory that was used.
    """
    # Where memory runs out before init has looked, it is to be theirs that the system ends, not the grader's.
    Path("/proc/self/oom_score_adj").write_text("1000")
    user = _user()
    os.chown(plan.mounts.run, user, user)
    private = 0 if _has_rights() else linux.CLONE_NEWUSER
    who = (os.geteuid(), os.getegid())
    linux.unshare(_NAMESPACES | private)
    if private:
        _map_to_self(*who)
    first = os.fork()
    if first:
        return init.keep(first)
    try:
        code = _be_init(plan, user, run, report)
    except BaseException as error:  # noqa: BLE001  nothing may come back into the zygote's code
        os.write(2, f"isolation failed: {type(error).__name__}: {error}\n".encode())
        code = init.NOT_ISOLATED
    os._exit(code)


def _be_init(plan: Plan, user: int, run: Callable[[Callable[[], None]], None], report: int) -> int:
    linux.die_with_parent()
    linux.prctl(linux.PR_SET_DUMPABLE, 0)  # what it has in memory and in its environment is nobody's
    _build_root(plan, user)
    ready, sealed = os.pipe(), os.pipe()
    kernel = os.fork()
    if kernel:
        os.close(ready[1])
        os.close(sealed[0])
        if os.read(ready[0], 1):
            linux.seal(RUN)
            os.write(sealed[1], b"s")
        return init.watch(kernel, plan.limits, report)
    os.close(report)
    os.close(ready[0])
    os.close(sealed[1])

    def seal() -> None:
        os.write(ready[1], b"r")
        if not os.read(sealed[0], 1):
            os._exit(init.NOT_ISOLATED)
        os.close(ready[1])
        os.close(sealed[0])

    give_up_privileges(plan.limits, user)
    os.chdir(LAB)
    run(seal)
    os._exit(0)


def _build_root(plan: Plan, user: int) -> None:
    what, root = plan.mounts, plan.root
    os.umask(0o022)
    linux.mount("", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", root, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "size=4m,mode=755")
    _make_writable(plan, user)  # first: the environment may lie below /tmp
    for path in what.system:
        _bind(path, root + path)
        linux.seal(root + path)
    for path in what.hidden:
        linux.mount("tmpfs", root + path, "tmpfs", linux.MS_RDONLY, "size=4k")
    for path, target in what.links:
        Path(root + path).parent.mkdir(parents=True, exist_ok=True)
        Path(root + path).symlink_to(target)
    _bind(what.view, root + VIEW)
    linux.seal(root + VIEW)
    _bind(what.run, root + RUN)
    _make_devices(root)
    (Path(root) / "proc").mkdir()
    linux.mount("proc", root + "/proc", "proc", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC)
    Path(root + "/etc/passwd").write_text(f"student:x:{user}:{user}::{HOME}:/bin/sh\n")
    Path(root + "/etc/group").write_text(f"student:x:{user}:\n")
    Path(root + "/etc/hosts").write_text("127.0.0.1 localhost\n")
    socket.sethostname("grading")
    linux.pivot_root(root)
    linux.seal("/", recursive=False)


def _make_writable(plan: Plan, user: int) -> None:
    """Mounts the scratch space, one for all writable folders so that one size limits them."""
    root = plan.root
    scratch = root + "/.scratch"
    Path(scratch).mkdir()
    data = f"size={plan.limits.scratch},nr_inodes={plan.limits.files},mode=755"
    linux.mount("tmpfs", scratch, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, data)
    for name, target in (("home", HOME), ("tmp", "/tmp"), ("shm", "/dev/shm")):
        folder = Path(scratch) / name
        folder.mkdir()
        if name == "home" and plan.mounts.files:
            shutil.copytree(plan.mounts.files, folder / "lab", ignore=_not_for_students)
        (folder / "lab").mkdir(exist_ok=True) if name == "home" else None
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, user)
        _bind(str(folder), root + target)
    linux.unmount(scratch)
    Path(scratch).rmdir()


def _make_devices(root: str) -> None:
    for name in mounts.DEVICES:
        _bind(f"/dev/{name}", f"{root}/dev/{name}")
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        (Path(root) / "dev" / name).symlink_to(f"/proc/self/fd{target}")
    terminals = Path(root) / "dev" / "pts"
    terminals.mkdir()
    flags = linux.MS_NOSUID | linux.MS_NOEXEC
    linux.mount("devpts", str(terminals), "devpts", flags, "newinstance,ptmxmode=0666,mode=0620")
    (terminals.parent / "ptmx").symlink_to("pts/ptmx")


def _bind(source: str, target: str) -> None:
    if Path(source).is_dir():
        Path(target).mkdir(parents=True, exist_ok=True)
    else:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).touch()
    linux.mount(source, target, flags=linux.MS_BIND | linux.MS_REC)


def _not_for_students(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(".") or name.endswith(".ipynb")]


def give_up_privileges(most: Limits, user: int) -> None:
    """Turns the calling process into one that may no more than a kernel may.

    Args:
        most: What it may use.
        user: Its user from now on.
    """
    os.nice(_NICE)  # so that init, which watches it, comes first
    limits.apply(most)
    if os.geteuid() != user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    linux.drop_capabilities()
    linux.die_with_parent()
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # or init, if it is not root, could not count its pages
    seccomp.apply()


def _has_rights() -> bool:
    """Whether this process may mount without a user namespace: root, and not only by name."""
    capabilities = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapEff")
    )
    administrates = 1 << 21
    return os.geteuid() == 0 and bool(int(capabilities.split()[1], 16) & administrates)


def _user() -> int:
    """The kernel's user id: one of its own where root can give it, otherwise ours."""
    return _FIRST_FREE_USER + os.getpid() % 1_000_000 if _has_rights() else os.geteuid()


def _map_to_self(user: int, group: int) -> None:
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
