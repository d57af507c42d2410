"""Nothing reaches standard error from inside `quiet`, and everything does afterwards."""

import os
import subprocess
import sys
import warnings

from cvlabs.quiet import quiet


def test_python_and_native_writes_are_discarded(capfd):
    with quiet():
        print("from Python", file=sys.stderr)
        warnings.warn("a warning", stacklevel=1)
        os.write(2, b"from native code\n")
        subprocess.run([sys.executable, "-c", "import sys; sys.stderr.write('a child')"], check=True)
    assert capfd.readouterr().err == ""


def test_standard_error_works_again_afterwards(capfd):
    try:
        with quiet():
            raise RuntimeError
    except RuntimeError:
        pass
    os.write(2, b"native\n")
    print("python", file=sys.stderr)
    assert sorted(capfd.readouterr().err.split()) == ["native", "python"]
