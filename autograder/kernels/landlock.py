"""Keeps a process from making files outside of its own folders where no mount of ours does, by Landlock.

Linux has it since 5.13. What a process may do can only become less, in its threads- and children-to-be, too.
"""

import ctypes
import os
from collections.abc import Iterable

# The same numbers on all architectures.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_GET_VERSION, _PATH_BENEATH = 1, 1
_WRITE_FILE, _MAKE_SOCKET, _REFER = 1 << 1, 1 << 9, 1 << 13
_WRITING = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))  # and to remove and make whatever there is

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = [("handled", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def is_available() -> bool:
    """Whether this system, or the container that this process is in, has it."""
    return _version() > 0


def write_only_in(folders: Iterable[str], sockets: str) -> bool:
    """Lets this process write in `folders` alone; tells whether it could.

    It must have no way to new privileges any more.

    Args:
        folders: The folders.
        sockets: A folder in which it may make unix sockets, and nothing else.
    """
    if not is_available():
        return False
    handled = _WRITING | (_REFER if _version() > 1 else 0)  # REFER: to move from one folder to another
    about = _Ruleset(handled)
    rules = _call(_CREATE_RULESET, ctypes.byref(about), ctypes.c_size_t(ctypes.sizeof(about)), 0)
    try:
        for path, allowed in [*((folder, handled) for folder in folders), (sockets, _MAKE_SOCKET)]:
            folder = os.open(path, os.O_PATH)
            try:
                _call(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(_Beneath(allowed, folder)), 0)
            finally:
                os.close(folder)
        _call(_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)
    return True


def _version() -> int:
    return int(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _GET_VERSION))


def _call(number: int, *values: object) -> int:
    result = int(_libc.syscall(number, *values))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"landlock {number}: {os.strerror(error)}")
    return result
