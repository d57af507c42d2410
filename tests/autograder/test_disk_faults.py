"""What every command makes of a disk that is full or read-only."""

import errno
import os

import pytest

from autograder import cli, commands


def run_failing(error, monkeypatch, tmp_path):
    def fail(course, options):
        raise error

    monkeypatch.setattr(commands, "feedback", fail)
    return cli.main(["feedback", "lab03", "--course", str(tmp_path)])


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_or_read_only_disk_is_one_line(monkeypatch, tmp_path, capsys, number):
    error = OSError(number, os.strerror(number), "page.html")
    assert run_failing(error, monkeypatch, tmp_path) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"autograder: {os.strerror(number)} (page.html); ")


def test_other_errors_keep_their_traceback(monkeypatch, tmp_path):
    with pytest.raises(FileNotFoundError):
        run_failing(FileNotFoundError(errno.ENOENT, "gone"), monkeypatch, tmp_path)
