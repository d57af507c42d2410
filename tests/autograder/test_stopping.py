"""SIGTERM and SIGHUP: a command ends as with Ctrl-C, leaves nothing lying about, and says how to go on."""

import os
import signal
import subprocess
import sys
import time

import pytest

from autograder.course import REPOSITORY
from tests.autograder.tiny_lab import LAB, REAL_LAB, cell_of, hand_in

SAID = "autograder: stopped; what is graded is kept, and the same command goes on from there\n"
COMMAND = """
import os, signal, sys, tempfile
from autograder import cli, commands

def command(course, options):
    with tempfile.TemporaryDirectory():
        try:
            os.kill(os.getpid(), int(sys.argv[1]))
        finally:  # whoever ends a process may send several
            for number in (signal.SIGTERM, signal.SIGHUP):
                os.kill(os.getpid(), number)
    return 0

commands.late = command
if "nohup" in sys.argv:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
sys.exit(cli.main(["late", "lab90"]))
"""


def run(folder, *arguments):
    command = [sys.executable, *arguments]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "TMPDIR": str(folder)}
    return subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=heed_hangups,
    )


def heed_hangups():
    """Or the command would ignore them where these tests run under nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_stopped_puts_away_what_it_has(number, tmp_path):
    process = run(tmp_path, "-c", COMMAND, str(int(number)))
    said, _ = process.communicate(timeout=300)
    assert (process.returncode, said) == (128 + number, SAID)
    assert list(tmp_path.iterdir()) == []


def test_who_asks_for_it_goes_on_when_the_terminal_is_gone(tmp_path):
    process = run(tmp_path, "-c", COMMAND, str(int(signal.SIGHUP)), "nohup")
    said, _ = process.communicate(timeout=300)
    assert (process.returncode, said) == (128 + signal.SIGTERM, SAID)  # its own last one


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_nothing_of_a_run_is_left(number, tmp_path, solved):
    cell_of(solved, "setup").source = cell_of(solved, "setup").source.replace(LAB, REAL_LAB)
    hand_in(tmp_path / "class", "ada", solved, f"{REAL_LAB}.ipynb")
    (tmp_path / "tmp").mkdir()
    arguments = ["--from", str(tmp_path / "class"), "--course", str(tmp_path / "course"), "--jobs", "2"]
    process = run(tmp_path / "tmp", "-m", "autograder", "grade", REAL_LAB, *arguments)
    while not list((tmp_path / "tmp").glob("cvlabs-collect-*")) and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(number)
    said, _ = process.communicate(timeout=300)
    assert (process.returncode, said) == (128 + number, SAID)
    assert list((tmp_path / "tmp").iterdir()) == []
