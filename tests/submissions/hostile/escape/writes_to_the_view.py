# Changes the copy of cvlabs that kernels import; the next kernel must not find it changed.
# answer: wrong
# lost: conv_params
# needs: sandbox
import pathlib

import cvlabs

for path in pathlib.Path(cvlabs.__file__).parent.rglob("*.py"):
    try:
        path.write_text("raise SystemExit\n")
    except OSError:
        pass
