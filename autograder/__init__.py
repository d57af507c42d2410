"""The instructor's machinery: builds the labs, grades submissions, writes feedback and grade files.

Run it as `python -m autograder`; it is not part of the cvlabs wheel.
"""

import sys

# jsonschema, which nbformat loads, compiles 38 grammars for a check of international web addresses that no
# notebook needs: 1.6 s in each process. Without this package it leaves the check out.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
