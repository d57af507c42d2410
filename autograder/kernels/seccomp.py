"""The system calls that a kernel may not make: what gets at other processes, mounts, the clock, the machine,
and at memory that no process is charged for.

The namespaces already keep these from doing harm; the filter takes away what holes in the operating system
are usually reached by. It needs libseccomp (most systems have it: systemd and bubblewrap use it).
"""

import ctypes
import errno
import socket
from collections.abc import Iterable

_ALLOW = 0x7FFF0000
_EQUAL, _GREATER, _MASKED_EQUAL = 4, 6, 7
_NEW_NAMESPACES = 0x7E020080  # any CLONE_NEW… flag
_FORBIDDEN = (
    "mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsconfig",
    "fsmount", "fspick", "mount_setattr", "unshare", "setns", "ptrace", "process_vm_readv",
    "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp", "name_to_handle_at", "open_by_handle_at",
    "mknod", "mknodat", "keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "kexec_load", "kexec_file_load", "init_module",
    "finit_module", "delete_module", "reboot", "swapon", "swapoff", "settimeofday", "clock_settime",
    "clock_settime64", "clock_adjtime", "clock_adjtime64", "adjtimex", "stime", "sethostname",
    "setdomainname", "acct", "quotactl", "quotactl_fd", "syslog", "iopl", "ioperm", "vhangup", "nfsservctl",
    "lookup_dcookie", "fanotify_init", "migrate_pages", "move_pages",
)  # fmt: skip

_UNCHARGED = ("memfd_create", "memfd_secret", "shmget", "semget", "msgget")
_SHARED_WITHOUT_FILE = 0x21  # MAP_SHARED | MAP_ANONYMOUS


class _Comparison(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def is_available() -> bool:
    """Whether the library is there."""
    return _library() is not None


def apply() -> bool:
    """Filters the system calls of this process and its children-to-be; tells whether it could."""
    library = _library()
    if library is None:
        return False
    filter_ = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(_ALLOW)))
    if not filter_:
        raise OSError("seccomp_init failed")
    try:
        for name in _FORBIDDEN:
            _forbid(library, filter_, name, errno.EPERM)
        # As in an operating system that lacks them: libraries that would use them do without.
        for name in _UNCHARGED:
            _forbid(library, filter_, name, errno.ENOSYS)
        # Its pages stay when a process gives them back, charged to nobody; `multiprocessing` shares files.
        shared = [_Comparison(3, _MASKED_EQUAL, _SHARED_WITHOUT_FILE, _SHARED_WITHOUT_FILE)]
        _forbid(library, filter_, "mmap", errno.EPERM, shared)
        # Its flags lie in memory, where no filter can read them; libc then takes `clone`.
        _forbid(library, filter_, "clone3", errno.ENOSYS)
        for flag in _bits(_NEW_NAMESPACES):
            _forbid(library, filter_, "clone", errno.EPERM, [_Comparison(0, _MASKED_EQUAL, flag, flag)])
        # ZeroMQ asks for the network interfaces through netlink, and aborts where it may not.
        families = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK)
        allowed = {int(family) for family in families}
        for family in set(range(max(allowed))) - allowed:
            _forbid(library, filter_, "socket", errno.EAFNOSUPPORT, [_Comparison(0, _EQUAL, family)])
        _forbid(library, filter_, "socket", errno.EAFNOSUPPORT, [_Comparison(0, _GREATER, max(allowed))])
        # TIOCSTI types into a terminal.
        _forbid(library, filter_, "ioctl", errno.EPERM, [_Comparison(1, _MASKED_EQUAL, 0xFFFFFFFF, 0x5412)])
        if library.seccomp_load(filter_) != 0:
            raise OSError("seccomp_load failed")
    finally:
        library.seccomp_release(filter_)
    return True


def _forbid(
    library: ctypes.CDLL, filter_: ctypes.c_void_p, name: str, error: int, when: Iterable[_Comparison] = ()
) -> None:
    number = library.seccomp_syscall_resolve_name(name.encode())
    if number < 0:  # not on this architecture, or younger than the library
        return
    comparisons = list(when)
    array = (_Comparison * max(1, len(comparisons)))(*comparisons)
    action = ctypes.c_uint32(0x00050000 | error)
    result = library.seccomp_rule_add_array(filter_, action, number, len(comparisons), array)
    if result != 0:
        raise OSError(-result, f"seccomp_rule_add {name}")


def _bits(mask: int) -> list[int]:
    return [1 << i for i in range(32) if mask >> i & 1]


def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    return library
