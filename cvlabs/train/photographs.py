"""Image files, decoded as the data sets decode theirs."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cvlabs.train.views import Size

Array = Any  # numpy.ndarray

_HEADER = 1 << 16


def paths_of(images: Any) -> list[Path] | None:
    """Returns the paths if that is what images are given by, one or several; `None` for anything else."""
    if isinstance(images, str | Path):
        return [Path(images)]
    is_list = isinstance(images, list | tuple) and len(images) > 0
    if is_list and all(isinstance(path, str | Path) for path in images):
        return [Path(path) for path in images]
    return None


def photographs(paths: Sequence[Path], size: Size) -> Callable[[int, int], Array]:
    """Opens image files.

    Args:
        paths: The files: JPEG, PNG, GIF, BMP or WebP.
        size: Height and width that they are cut and resized to.

    Returns:
        A function from the numbers of the first file and of the one behind the last to their images,
        N×H×W×3 uint8.

    Raises:
        ValueError: Some cannot be read; the message lists them.
    """
    from cvlabs.data.decode import decoder
    from cvlabs.data.headers import read_header
    from cvlabs.data.source import Files

    headers, problems = [], []
    for path in paths:
        try:
            headers.append(read_header(path.read_bytes()))
        except OSError as error:
            problems.append(f"{path}: {error.strerror}")
        except ValueError as error:
            problems.append(f"{path}: {error}")
    if problems:
        raise ValueError("; ".join(problems))
    files = Files(
        tuple(map(str, paths)),
        lambda numbers: [paths[i].read_bytes() for i in numbers],
        tuple(form for form, _, _ in headers),
        np.array([(height, width) for _, height, width in headers]),
    )
    decode = decoder(files, size)

    def read(start: int, end: int) -> Array:
        return np.asarray(decode(np.arange(start, end)))

    return read
