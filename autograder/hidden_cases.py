"""Takes the graded cases out of what a notebook put out, before anybody stores it or shows it to a student.

A kernel that grades has the cases in its environment, and another submission of the same student gets the
same ones. Whatever prints them, as they were handed over or as Python shows them, would carry them home on
the feedback page. A student's code must see its inputs, so what it writes down in a form of its own stays.
"""

import json
import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

from nbformat import NotebookNode

from autograder.check_cells import MIME

LEFT_OUT = "[a case that is graded: left out]"
# Quotes, brackets, colons and blanks, whichever way it is written; and what marks a tuple or an object.
_BETWEEN = r"\W{1,200}(?:(?:tuple|Grouped)\W{1,200}){0,2}"
_AS_PYTHON = {"null": "(?:null|None)", "true": "[tT]rue", "false": "[fF]alse"}


def hide_cases(notebook: NotebookNode, cases: Mapping[str, Any]) -> None:
    """Replaces every case in the outputs of a notebook by a word that something was there.

    Args:
        notebook: The executed notebook. Evidence is left as it is: the judge reads it, and nobody else.
        cases: The cases of each check, as `cvlabs.checks.cases` packs them.
    """
    written = {json.dumps(case) for case in chain.from_iterable(cases.values())}
    if not written:
        return
    # All begin with the same word, which lets a search through megabytes pass over the rest at once.
    first, *_ = re.findall(r"\w+", min(written))
    rest = "|".join(_pattern(text.partition(first)[2]) for text in sorted(written))
    pattern = re.compile(f"{first}{_BETWEEN}(?:{rest})")
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            _hide(output, pattern)


def _pattern(text: str) -> str:
    """Returns what matches a case as JSON, as Python's values, and as the object that is made of it."""
    words = [word for word in re.findall(r"\w+", text) if word != "tuple"]
    return _BETWEEN.join(_AS_PYTHON.get(word, word) for word in words)


def _hide(output: NotebookNode, pattern: re.Pattern[str]) -> None:
    places = [output.get("data", {}), output] if output.output_type != "error" else [output]
    for place in places:
        for name, value in place.items():
            if name in (MIME, "output_type"):
                continue
            if isinstance(value, str):
                place[name] = pattern.sub(LEFT_OUT, value)
            elif isinstance(value, list):
                place[name] = [pattern.sub(LEFT_OUT, v) if isinstance(v, str) else v for v in value]
