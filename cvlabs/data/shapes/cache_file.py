"""The drawn shapes in one file, which is taken only if all of it is there.

The file is a SHA-256 of what follows: of each split the labels, a byte each, and the images.
"""

import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np

from cvlabs.data.shapes.drawing import SIZE
from cvlabs.data.shapes.splits import COUNTS, Arrays

_DIGEST = sha256().digest_size
_IMAGE = (SIZE, SIZE, 3)


def read(path: Path) -> dict[str, Arrays] | None:
    """Returns images and labels of each split; `None` where there is no file, or a damaged one."""
    try:
        content = memoryview(path.read_bytes())
    except OSError:
        return None
    digest, rest = content[:_DIGEST], content[_DIGEST:]
    expected = sum(COUNTS.values()) * (1 + int(np.prod(_IMAGE)))
    if len(rest) != expected or sha256(rest).digest() != digest:
        return None
    values, found, start = np.frombuffer(rest, np.uint8), {}, 0
    for split, count in COUNTS.items():
        middle = start + count
        end = middle + count * int(np.prod(_IMAGE))
        labels, images = values[start:middle], values[middle:end]
        found[split] = images.reshape(count, *_IMAGE), labels.astype(np.int32)
        start = end
    return found


def write(path: Path, splits: Mapping[str, Arrays]) -> None:
    """Writes the file elsewhere in its folder, and moves it to its place in one step.

    So nobody reads half of it, and of several processes that write at the same time the last one stays.

    Raises:
        OSError: The folder cannot be written, or is full.
    """
    parts = [
        part.tobytes() for images, labels in splits.values() for part in (labels.astype(np.uint8), images)
    ]
    content = b"".join(parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".shapes-", dir=path.parent) as scratch:
        unfinished = Path(scratch) / path.name
        unfinished.write_bytes(sha256(content).digest() + content)
        unfinished.replace(path)
