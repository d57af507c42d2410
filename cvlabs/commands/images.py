"""The data that commands are told by name: which split, and how large the images."""

from cvlabs.facts import ModelInfo

Size = tuple[int, int]

_CROP = 0.875  # side of a crop as a part of the shorter side of the image, as for ImageNet


def holdout(name: str) -> tuple[str, str]:
    """Returns the splits of a data set to train and to test on.

    Raises:
        ValueError: There is no such data set, see `cvlabs.data.splits`.
    """
    from cvlabs.data import splits

    known = splits(name)
    held = next((split for split in ("test", "validation") if split in known), None)
    return ("train", held) if held else ("train[:80%]", "train[80%:]")


def size_for(name: str, info: ModelInfo, asked: int | None, trained: int | None = None) -> int | None:
    """Returns the size of the images to train with; `None` for the one that the data has.

    Args:
        name: Name of the data.
        info: Of the network.
        asked: What the user said.
        trained: What the recipe says, for photographs; see `cvlabs.train.Recipe`.

    Raises:
        ValueError: It is too small for the network.
    """
    if asked is not None and asked < info.min_input_size:
        raise ValueError(f"{info.name} takes images of at least {info.min_input_size} pixels, got {asked}.")
    if asked is None and name.startswith("folder:"):  # photographs, each of a size of its own
        is_smaller = trained is not None and info.min_input_size <= trained < info.input_size
        return trained if is_smaller else info.input_size
    if asked is None and name in ("shapes", "digits") and info.min_input_size > 32:
        return info.min_input_size
    return asked


def of_height(height: int, size: Size) -> Size:
    """Returns the size of images of a height that have the aspect ratio of `size`."""
    return height, max(1, round(height * size[1] / size[0]))


def larger(size: Size) -> Size:
    """Returns the size of images that crops of `size` are taken from."""
    return round(size[0] / _CROP), round(size[1] / _CROP)
