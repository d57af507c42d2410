"""The shapes, drawn where they are not yet."""

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cvlabs.data.shapes.cache_file import read, write
from cvlabs.data.shapes.drawing import SHAPES
from cvlabs.data.shapes.splits import COUNTS, VERSION, Arrays, draw_splits
from cvlabs.data.source import Source
from cvlabs.data.split import no_split

SPLITS = tuple(COUNTS)


def shapes_source(split: str) -> Source:
    """Returns the shapes of `train` (10,000 images) or `test` (2,000).

    They are drawn on first use, in some seconds, and kept in the user's cache folder
    (`$XDG_CACHE_HOME/cvlabs`). Where nothing can be written, each process draws them.

    Raises:
        ValueError: Another split.
    """
    if split not in SPLITS:
        raise no_split("shapes", split, SPLITS)
    images, labels = _splits(cache_folder() / f"shapes-{VERSION}.bin")[split]
    return Source(tuple(SHAPES), images, labels)


def cache_folder() -> Path:
    """Returns where cvlabs keeps what can be made anew: `$XDG_CACHE_HOME/cvlabs`, or `~/.cache/cvlabs`."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if Path(given).is_absolute() else Path("~/.cache").expanduser()) / "cvlabs"


@lru_cache(maxsize=1)  # of 37 MB
def _splits(path: Path) -> dict[str, Arrays]:
    found = read(path)
    if found is None:
        print("Drawing the shapes, once: some seconds.", flush=True)
        found = draw_splits()
        with suppress(OSError):  # a read-only home, or a full disk
            write(path, found)
    return found
