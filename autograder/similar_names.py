"""Which names may have been meant by one that nobody has."""

import difflib
import unicodedata
from collections.abc import Collection


def or_meant(name: str, known: Collection[str]) -> str:
    """Returns a name in quotes, with the known ones that are spelled nearly so.

    Example:
        >>> or_meant("jose", ["José", "Ann", "Bob"])
        "'jose' (did you mean 'José'?)"
    """
    plain: dict[str, list[str]] = {}
    for one in sorted(known):
        plain.setdefault(_plain(one), []).append(one)
    near = difflib.get_close_matches(_plain(name), plain, n=2, cutoff=0.7)
    meant = " or ".join(repr(one) for word in near for one in plain[word])
    return f"{name!r} (did you mean {meant}?)" if meant else repr(name)


def _plain(name: str) -> str:
    """Returns a name without accents and capitals."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
