"""What does not fit between a model and a file, side by side."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest


def side_by_side(columns: Mapping[str, Sequence[str]]) -> str:
    """Returns how long each list is, and below that all of them, each in its column; none for empty ones.

    Args:
        columns: Lists by what they list.

    Returns:
        Text of several lines, or of none where all lists are empty.

    Example:
        >>> columns = {"missing": ["a.weight", "a.bias"], "not expected": ["b.weight"], "other": []}
        >>> print(side_by_side(columns))
        2 missing, 1 not expected.
        <BLANKLINE>
        missing   not expected
        a.weight  b.weight
        a.bias
    """
    full = {what: names for what, names in columns.items() if names}
    if not full:
        return ""
    widths = [max(map(len, (what, *names))) for what, names in full.items()]
    rows = [tuple(full), *zip_longest(*full.values(), fillvalue="")]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    counts = ", ".join(f"{len(names)} {what}" for what, names in full.items())
    return "\n".join([f"{counts}.", "", *lines])
