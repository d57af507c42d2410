"""Checks of students' answers: probe -> evidence -> verdict.

>>> from cvlabs.checks import lab
>>> check, summary = lab("lab03_googlenet")

`check("stem", stem)` shows what is right and what is wrong in the function `stem`; `summary()` shows the
points so far, and `experiment(function)` runs what takes minutes, except while grading. How a check works is
told in `cvlabs.checks.task`, `probe`, `evidence`, `judge` and `compare`.
"""

from cvlabs.checks.errors import CheckFailed
from cvlabs.checks.experiment import experiment
from cvlabs.checks.notebook import check, lab, summary

__all__ = ["CheckFailed", "check", "experiment", "lab", "summary"]
