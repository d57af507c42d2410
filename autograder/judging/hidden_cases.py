"""Takes the graded cases out of what a notebook put out, before anybody stores it or shows it to a student.

A kernel that grades has the cases in its environment, and another submission of the same student gets the
same ones. Whatever prints them, as they were handed over or as Python shows them, would carry them home on
the feedback page; so would an answer that raises or returns them, through evidence that the judge quotes. A
student's code must see its inputs, so what it writes down in a form of its own stays.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from nbformat import NotebookNode

from autograder.labs.check_cells import MIME
from cvlabs.checks.evidence import MAX_TEXT

LEFT_OUT = "[a case that is graded: left out]"
_EVIDENCE_LETTERS = 1_000_000
"""How much of evidence is searched, besides arrays and texts that are too long for the judge to quote."""
# Quotes, brackets, colons and blanks, whichever way it is written; and what marks a tuple or an object.
_BETWEEN = r"\W{1,200}+(?:(?:tuple|Grouped)\W{1,200}+){0,2}+"
_AS_PYTHON = {"null": "(?:null|None)", "true": "[tT]rue", "false": "[fF]alse"}


def hide_cases(notebook: NotebookNode, cases: Mapping[str, Any]) -> None:
    """Replaces every case in the outputs of a notebook by a word that something was there.

    Args:
        notebook: The executed notebook. No right answer gives a whole case, so evidence loses nothing.
        cases: The cases of each check, as `cvlabs.checks.cases` packs them.
    """
    written = frozenset(json.dumps(case) for case in chain.from_iterable(cases.values()))
    if not written:
        return
    # All begin with the same word, without which there is nothing to search for.
    first, *_ = re.findall(r"\w+", min(written))
    letters = _EVIDENCE_LETTERS
    for output in chain.from_iterable(cell.get("outputs", ()) for cell in notebook.cells):
        data = output.get("data", {})
        evidence = {MIME: data.pop(MIME)} if MIME in data else {}
        for place, name, text in _texts(output):
            if first in text:
                place[name] = _any_of(first, written).sub(LEFT_OUT, text)
        for place, name, text in _texts(evidence):
            if len(text) <= min(letters, MAX_TEXT):
                letters -= len(text)
                if first in text:
                    place[name] = _any_of(first, written).sub(LEFT_OUT, text)
        data.update(evidence)


@lru_cache(maxsize=1)
def _any_of(first: str, written: frozenset[str]) -> re.Pattern[str]:
    """Returns what matches each of the cases; to compile it takes a tenth of what a submission takes."""
    rest = "|".join(_pattern(text.partition(first)[2]) for text in sorted(written))
    return re.compile(f"{first}{_BETWEEN}(?:{rest})")


def _pattern(text: str) -> str:
    """Returns what matches a case as JSON, as Python's values, and as the object that is made of it."""
    words = [word for word in re.findall(r"\w+", text) if word != "tuple"]
    return _BETWEEN.join(_AS_PYTHON.get(word, word) for word in words)


def _texts(value: Any) -> Iterator[tuple[Any, Any, str]]:
    """Yields every text in a JSON value, and where it is; without recursion, for a stranger's may be deep."""
    waiting = [value]
    while waiting:
        place = waiting.pop()
        for name, part in list(place.items() if isinstance(place, dict) else enumerate(place)):
            if isinstance(part, dict | list):
                waiting.append(part)
            elif isinstance(part, str):
                yield place, name, part
