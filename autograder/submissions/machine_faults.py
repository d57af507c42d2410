"""Errors of this machine's own: a full disk or missing rights are no fault of whoever handed something in."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.errors import GraderError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_BROKEN = frozenset({errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM})


class MachineFault(GraderError):
    """This machine fails while it reads or unpacks submissions, which says nothing about any of them."""


class NoRights(MachineFault):
    """This process has no rights to one of the files, which concerns nobody but its owner."""


@contextmanager
def machine_faults_told(what: object) -> Iterator[None]:
    """Turns errors of this machine's in the `with` block into ones that say whose they are, and what to do.

    Other errors pass: a name that is too long, or links in a circle, come with what was handed in.

    Args:
        what: What is read or unpacked.

    Raises:
        MachineFault: The disk is full or broken, or too many files are open.
        NoRights: Rights are missing.
    """
    try:
        yield
    except OSError as error:
        told = f"{what} could not be read or unpacked ({error.strerror}), which is no student's fault"
        if error.errno in (errno.EACCES, errno.EPERM):
            raise NoRights(f"{told}: mend its rights and run the same command again") from error
        if error.errno in _FULL:
            raise MachineFault(f"{told}: make room on the disk and run the same command again") from error
        if error.errno in _BROKEN:
            raise MachineFault(f"{told}: mend that and run the same command again") from error
        raise
