"""What networks cost: parameters, multiply-adds and memory, under conventions that have names.

>>> import cvlabs
>>> cvlabs.cost("resnet50_v15").total.macs
4089184256

Three facts stand apart: what a layer does (`formulas`, one per class), in which order layers are called
(`walk`), and what of it a number counts (`conventions`). `Cost` is the result, with its views.
"""

import sys
from types import ModuleType
from typing import Any

from cvlabs.cost.audit import Audit, Finding, lecture_audit
from cvlabs.cost.calculate import calculate
from cvlabs.cost.comparison import Comparison, compare
from cvlabs.cost.conventions import CONVENTIONS, Convention
from cvlabs.cost.formulas import WHOLE, Window, Work, cost_of, values
from cvlabs.cost.memory import OPTIMIZER_SLOTS, TrainingBytes
from cvlabs.cost.result import Cost
from cvlabs.cost.rows import Group, Row, Total

__all__ = [
    "CONVENTIONS",
    "OPTIMIZER_SLOTS",
    "WHOLE",
    "Audit",
    "Comparison",
    "Convention",
    "Cost",
    "Finding",
    "Group",
    "Row",
    "Total",
    "TrainingBytes",
    "Window",
    "Work",
    "calculate",
    "compare",
    "cost_of",
    "lecture_audit",
    "values",
]


class _CallableModule(ModuleType):
    """Python looks `()` up on the class, so a module that can be called needs a class of its own.

    The most used thing in here is then one word, `cvlabs.cost("vgg16")`, and the rest has its place behind
    it, `cvlabs.cost.cost_of`, without two names for one idea.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Cost:
        return calculate(*args, **kwargs)


sys.modules[__name__].__class__ = _CallableModule
