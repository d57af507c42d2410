"""Views of an image whose answers are averaged: the whole, a centre crop, ten crops, several scales.

A views function takes images N×H×W×C and the size of the network's input, and returns a list of batches, each
with one view of all images.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from cvlabs.whole_number import is_whole

Images = Any  # numpy.ndarray
Size = tuple[int, int]
Views = Callable[[Images, Size], list[Images]]


def whole(images: Images, size: Size) -> list[Images]:
    """The images as they are.

    Raises:
        ValueError: They are not of the network's size.
    """
    if images.shape[1:3] != size:
        raise ValueError(
            f"The images are {_text(images.shape[1:3])}, the network takes {_text(size)}: load them with "
            f"image_size={size[0] if size[0] == size[1] else size}, or pass views=center_crop."
        )
    return [images]


def center_crop(images: Images, size: Size) -> list[Images]:
    """The middle of each image, as large as the network's input.

    Raises:
        ValueError: The images are smaller.
    """
    (top, left) = _room(images, size)
    return [_crop(images, top // 2, left // 2, size)]


def ten_crop(images: Images, size: Size) -> list[Images]:
    """The four corners and the middle, each also mirrored.

    Reference: Krizhevsky et al., NIPS 2012, section 4.1.

    Raises:
        ValueError: The images are smaller than the network's input.
    """
    (top, left) = _room(images, size)
    places = ((0, 0), (0, left), (top, 0), (top, left), (top // 2, left // 2))
    crops = [_crop(images, y, x, size) for y, x in places]
    return [*crops, *(crop[:, :, ::-1] for crop in crops)]


def mirrored(views: Views = whole) -> Views:
    """Every view also mirrored.

    Raises:
        ValueError: `views` is not a views function.
    """
    check_views(views)

    def both(images: Images, size: Size) -> list[Images]:
        found = views(images, size)
        return [*found, *(view[:, :, ::-1] for view in found)]

    return both


def multi_scale(sizes: Sequence[int], views: Views | None = None) -> Views:
    """The images resized to several sizes.

    Reference: Simonyan and Zisserman, ICLR 2015, section 3.2 (of whole images) and table 5 (of crops).

    Args:
        sizes: Heights of the resized images in pixels; their aspect ratio stays.
        views: Views of each resized image, such as `ten_crop`. By default it is taken as a whole, by a
            network that is applied to that size; it must end in global pooling for that.

    Raises:
        ValueError: There are no sizes, or one below 1; or `views` is not a views function.

    Example:
        >>> import numpy as np
        >>> [view.shape for view in multi_scale((24, 40))(np.zeros((1, 32, 32, 3)), (32, 32))]
        [(1, 24, 24, 3), (1, 40, 40, 3)]
    """
    if not isinstance(sizes, Iterable) or not all(is_whole(side, 1) for side in sizes) or not len(sizes):
        raise ValueError(f"sizes must be heights in pixels, one or more, such as (32, 40); got {sizes!r}.")
    if views is not None:
        check_views(views)

    def scaled(images: Images, size: Size) -> list[Images]:
        found: list[Images] = []
        for side in sizes:
            resized = _resized(images, side)
            found += [resized] if views is None else views(resized, size)
        return found

    return scaled


def check_views(views: Any) -> None:
    """Checks that something can be a views function, as far as that shows before it is called.

    Raises:
        ValueError: It cannot.
    """
    expected = "views must be a function of images and the network's size, such as cvlabs.train.ten_crop"
    if not callable(views):
        raise ValueError(f"{expected}; got {views!r}.")
    name = str(getattr(views, "__qualname__", type(views).__qualname__)).partition(".")[0]
    if str(getattr(views, "__module__", "")).startswith("cvlabs.data."):
        instead = {
            "ten_crop": "views=cvlabs.train.ten_crop",
            "multi_scale": "cvlabs.train.multi_scale(sizes)",
        }
        remedy = f"; {instead[name]} is meant" if name in instead else ""
        raise ValueError(f"{expected}; got cvlabs.data.{name}, which augments training data{remedy}.")
    if views is mirrored or views is multi_scale:
        arguments = "" if views is mirrored else "sizes"
        raise ValueError(f"{expected}; {name} makes one: views={name}({arguments}).")


def checked(found: Any, images: Images) -> list[Images]:
    """Returns the views that a function has made of images.

    Raises:
        ValueError: They are not a list of batches, each with a view of all images.
    """
    is_list = isinstance(found, list | tuple) and len(found) > 0
    shapes = [tuple(getattr(view, "shape", ())) for view in found] if is_list else []
    if not is_list or any(len(shape) != 4 or shape[0] != len(images) for shape in shapes):
        got = f"shapes {', '.join(map(str, shapes))}" if is_list else type(found).__name__
        raise ValueError(
            f"views must return a list of batches with one view of each image, {len(images)}×H×W×C here; "
            f"got {got}."
        )
    return list(found)


def _resized(images: Images, height: int) -> Images:
    import keras

    width = max(1, round(images.shape[2] * height / images.shape[1]))
    if images.shape[1:3] == (height, width):
        return images
    resized = keras.ops.image.resize(
        np.asarray(images, "float32"), (height, width), antialias=True, data_format="channels_last"
    )
    return keras.ops.convert_to_numpy(resized)


def _room(images: Images, size: Size) -> Size:
    top, left = images.shape[1] - size[0], images.shape[2] - size[1]
    if top < 0 or left < 0:
        raise ValueError(
            f"Crops of {_text(size)} do not fit into images of {_text(images.shape[1:3])}; load larger ones "
            f"with image_size={round(max(size) / 0.875)}."
        )
    return top, left


def _crop(images: Images, top: int, left: int, size: Size) -> Images:
    return images[:, top : top + size[0], left : left + size[1]]


def _text(size: Sequence[int]) -> str:
    return "×".join(map(str, size))
