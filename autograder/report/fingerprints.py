"""Fingerprints of answers: numbers for runs of tokens, of which enough are kept to see any longer agreement.

Own names are numbered anew in each run by their first appearance, so that renaming changes no number and a
new variable only those around it.

Reference:
    Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003.
    Baker, "A Theory of Parameterized Pattern Matching", STOC 1993 (the numbering of names).
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

from autograder.report.code_tokens import MAX_CHARACTERS, OWN

FRAGMENT = 10
"""Tokens of a fragment: no shorter agreement is seen."""
WINDOW = 4
"""Fragments of a window, of which one is kept: any agreement of 13 tokens is seen."""


def word_tokens(text: str) -> list[str]:
    """Returns the words of prose, in lower case."""
    return re.findall(r"\w+", text[:MAX_CHARACTERS].lower())


def fragments(tokens: Sequence[str]) -> list[int]:
    """Returns a number for each run of `FRAGMENT` tokens; the same ones on every machine."""
    return [_number(tuple(tokens[i : i + FRAGMENT])) for i in range(len(tokens) - FRAGMENT + 1)]


def fingerprint(numbers: Sequence[int]) -> frozenset[int]:
    """Returns the fragments that stand for an answer: of each window, the one of the smallest number."""
    starts = range(max(1, len(numbers) - WINDOW + 1)) if numbers else ()
    return frozenset(min(numbers[i : i + WINDOW]) for i in starts)


@lru_cache(maxsize=2**17)  # a class writes the same fragments again and again
def _number(tokens: tuple[str, ...]) -> int:
    seen: dict[str, str] = {}
    text = " ".join([seen.setdefault(t, f"{OWN}{len(seen)}") if t[0] == OWN else t for t in tokens])
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
