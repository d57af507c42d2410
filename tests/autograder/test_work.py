"""What a worker makes of faults of its machine."""

import errno
import os
from types import SimpleNamespace

import pytest

from autograder import work
from autograder.errors import GraderError


def fail(number, monkeypatch, free):
    monkeypatch.setattr(work.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    with work._full_disk_told():
        raise OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_ends_the_run(monkeypatch, number):
    with pytest.raises(GraderError, match="is full: make room, or set TMPDIR"):
        fail(number, monkeypatch, free=0)


@pytest.mark.parametrize(("number", "free"), [(errno.ENOSPC, 10**9), (errno.EACCES, 0)])
def test_what_concerns_one_submission_does_not(monkeypatch, number, free):
    with pytest.raises(OSError, match=os.strerror(number)):
        fail(number, monkeypatch, free)
