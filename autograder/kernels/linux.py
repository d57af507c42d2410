"""The few system calls that Python's standard library does not offer, through libc."""

import ctypes
import os
import signal
import sys

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
MNT_DETACH = 2

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4

_MOUNT_SETATTR = 442  # the same number on all architectures
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41}
_KCMP = {"x86_64": 312, "aarch64": 272, "riscv64": 272}
_KCMP_VM = 1
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4
_CAP_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Capabilities(ctypes.Structure):
    _fields_ = [
        (f"{name}{i}", ctypes.c_uint32) for i in (0, 1) for name in ("effective", "permitted", "inheritable")
    ]


def unshare(flags: int) -> None:
    """Gives the calling process new namespaces; the pid namespace begins with its next child."""
    _check(_libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    """Mounts."""
    texts = [text.encode() if text else None for text in (source, target, kind)]
    result = _libc.mount(*texts, ctypes.c_ulong(flags), data.encode() if data else None)
    _check(result, f"mount {source or kind} on {target}")


def seal(target: str, *, recursive: bool = True, devices: bool = False) -> None:
    """Makes a mount, and what is mounted below it, read-only, without set-uid programs and devices."""
    attributes = _MountAttributes(set=_ATTR_RDONLY | _ATTR_NOSUID | (0 if devices else _ATTR_NODEV))
    result = _libc.syscall(
        _MOUNT_SETATTR, _AT_FDCWD, target.encode(), _AT_RECURSIVE if recursive else 0,
        ctypes.byref(attributes), ctypes.sizeof(attributes),
    )  # fmt: skip
    _check(result, f"mount_setattr {target}")


def unmount(target: str) -> None:
    """Detaches a mount."""
    _check(_libc.umount2(target.encode(), MNT_DETACH), f"umount {target}")


def pivot_root(root: str) -> None:
    """Makes `root`, a mount, the root of the file system, and forgets the old one."""
    number = _PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(f"pivot_root: its number is not known for {os.uname().machine}")
    os.chdir(root)
    _check(_libc.syscall(number, b".", b"."), "pivot_root")
    unmount(".")  # the old root, stacked on the new one
    os.chdir("/")


def have_one_memory(one: int, other: int) -> bool:
    """Whether two processes have the same memory, not copies of it; `False` where that is not told."""
    number = _KCMP.get(os.uname().machine)
    return number is not None and bool(_libc.syscall(number, one, other, _KCMP_VM, 0, 0) == 0)


def prctl(option: int, *values: int) -> None:
    """Sets an attribute of the process."""
    padded = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    _check(_libc.prctl(option, *padded), f"prctl {option}")


def die_with_parent() -> None:
    """Has the system kill the calling process when its parent ends; elsewhere than on Linux nothing does."""
    if sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def drop_capabilities() -> None:
    """Gives up every capability, and the way to any."""
    for capability in range(64):
        if _libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) != 0:
            break  # the kernel knows no further one, or we have no right to; below, they go anyway
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header, none = _CapabilityHeader(_CAP_VERSION_3, 0), _Capabilities()
    _check(_libc.capset(ctypes.byref(header), ctypes.byref(none)), "capset")


def _check(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
