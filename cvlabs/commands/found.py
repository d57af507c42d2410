"""What was found in a folder of images: how many of each class, and which files were left out."""

from collections.abc import Iterable
from typing import Any

from cvlabs.counted import counted

_MOST_CLASSES = 20
_MOST_FILES = 5


def found_text(infos: Iterable[Any]) -> str:
    """Returns the images of each class, a line per split, and the files that were left out, each once.

    Args:
        infos: A `cvlabs.data.DatasetInfo` per split.
    """
    infos = list(infos)
    lines = [f"{info.name}, {info.split}: {counted(info.count, 'image')}: {_classes(info)}" for info in infos]
    skipped = dict.fromkeys(problem for info in infos for problem in info.skipped)
    if skipped:
        lines.append(_left_out(list(skipped)))
    return "\n".join(lines)


def _classes(info: Any) -> str:
    pairs = list(zip(info.classes, info.class_counts, strict=True))
    more = len(pairs) - _MOST_CLASSES
    shown = ", ".join(f"{name} {count:,}" for name, count in pairs[:_MOST_CLASSES])
    return shown + (f" and {counted(more, 'more class', 'more classes')}" if more > 0 else "")


def _left_out(problems: list[tuple[str, str]]) -> str:
    more = len(problems) - _MOST_FILES
    shown = ", ".join(f"{path} ({reason})" for path, reason in problems[:_MOST_FILES])
    return f"{counted(len(problems), 'file')} left out: {shown}" + (f", and {more} more" if more > 0 else "")
