"""Image files, decoded as the data sets decode theirs."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cvlabs.train.published import Prepare
from cvlabs.train.views import Size

Array = Any  # numpy.ndarray


def paths_of(images: Any) -> list[Path] | None:
    """Returns the paths if that is what images are given by, one or several; `None` for anything else."""
    if isinstance(images, str | Path):
        return [Path(images)]
    is_list = isinstance(images, list | tuple) and len(images) > 0
    if is_list and all(isinstance(path, str | Path) for path in images):
        return [Path(path) for path in images]
    return None


def photographs(
    paths: Sequence[Path], size: Size, prepare: Prepare | None = None
) -> Callable[[int, int], Array]:
    """Opens image files.

    Args:
        paths: The files: JPEG, PNG, GIF, BMP or WebP.
        size: Height and width that they are cut and resized to.
        prepare: What does that in another way, if anything.

    Returns:
        A function from the numbers of the first file and of the one behind the last to their images,
        N×H×W×3 with values from 0 to 255. It raises a `ValueError` for those that cannot be decoded.

    Raises:
        ValueError: Some files are not there, no images, or too large; the message lists them.
    """
    from cvlabs.data.decode import too_large
    from cvlabs.data.decode_all import decode_all
    from cvlabs.data.source import Files
    from cvlabs.train.prepared import prepared

    headers = _headers(paths)
    files = Files(
        tuple(map(str, paths)),
        lambda numbers: [paths[i].read_bytes() for i in numbers],
        tuple(form for form, _, _ in headers),
        np.array([(height, width) for _, height, width in headers]),
    )
    if prepare is not None:
        one_by_one = prepared(files, prepare)
        return lambda start, end: one_by_one(range(start, end))
    _raise(too_large(files, size).values())

    def read(start: int, end: int) -> Array:
        images = np.empty((end - start, *size, 3), np.uint8)
        _raise(decode_all(files.take(np.arange(start, end)), size, images.__setitem__).values())
        return images

    return read


def _headers(paths: Sequence[Path]) -> list[tuple[str, int, int]]:
    from cvlabs.data.headers import read_header

    headers, problems = [], []
    for path in paths:
        try:
            headers.append(read_header(path.read_bytes()))
        except OSError as error:
            problems.append((str(path), str(error.strerror)))
        except ValueError as error:
            problems.append((str(path), str(error)))
    _raise(problems)
    return headers


def _raise(problems: Iterable[tuple[str, str]]) -> None:
    told = "; ".join(f"{path}: {reason}" for path, reason in problems)
    if told:
        raise ValueError(told)
