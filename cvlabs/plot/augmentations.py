"""What augmentations make of images, as a grid."""

from collections.abc import Callable, Mapping
from typing import Any

from cvlabs.grading import for_readers
from cvlabs.plot.ready import no_figure

_DRAWS = 8


@for_readers
def augmentations(
    images: Any, changes: Mapping[str, Callable[..., Any]] | None = None, *, title: str = "", seed: int = 0
) -> None:
    """Shows one image in each row under one augmentation, drawn eight times; the image itself stands first.

    Args:
        images: Images N×H×W×3 with values from 0 to 255, or batches of (images, labels), such as
            `cvlabs.data.load` returns. Rows take them in turn; those that mix images mix among the first
            eight.
        changes: `{name: augmentation}`; all of `cvlabs.data` if left out, at the size of the images.
        title: Title of the figure.
        seed: What is drawn depends on it.
    """
    import numpy as np

    shown = _images(images)
    if shown is None:
        return
    named = dict(changes) if changes is not None else _all(shown.shape[1])
    import matplotlib.pyplot as plt

    columns = 1 + _DRAWS
    figure, axes = plt.subplots(
        len(named),
        columns,
        figsize=(1.1 * columns, 1.2 * len(named) + 0.4),
        squeeze=False,
        layout="constrained",
    )
    for row, (name, change) in enumerate(named.items()):
        own = np.roll(shown, -row, axis=0)
        _show(axes[row, 0], own[0])
        axes[row, 0].set_ylabel(name, rotation=0, ha="right", va="center")
        for axis, image in zip(axes[row, 1:], _draws(change, own, seed), strict=False):
            _show(axis, image)
    for axis in axes.flat:
        axis.set_xticks([])
        axis.set_yticks([])
        axis.spines[:].set_visible(False)
    figure.suptitle(title)
    plt.show()


def _images(images: Any) -> Any:
    import numpy as np

    if not hasattr(images, "shape"):
        first = next(iter(images), None)
        if first is None:
            no_figure("there is no batch.")
            return None
        images = first[0]
    found = np.asarray(images, np.float32)[:_DRAWS]
    if found.ndim != 4 or found.shape[-1] != 3 or not len(found):
        no_figure(f"expected images N×H×W×3, got shape {found.shape}.")
        return None
    return found


def _all(size: int) -> dict[str, Callable[..., Any]]:
    from cvlabs import data

    return {
        "pad_crop_flip": data.pad_crop_flip(max(1, size // 8)),
        "inception_crop": data.inception_crop(size),
        "multi_scale": data.multi_scale(size, (size * 8 // 7, size * 16 // 7)),
        "ten_crop": data.ten_crop(max(1, size * 7 // 8)),
        "pca_color, 5 times": data.pca_color(0.5),  # the paper's 0.1 is hardly seen
        "color_jitter": data.color_jitter(hue=0.1),
        "rand_augment": data.rand_augment(),
        "mixup": data.mixup(1, alpha=1.0),
        "cutmix": data.cutmix(1),
        "mixup_or_cutmix": data.mixup_or_cutmix(1, mixup_alpha=1.0),
    }


def _draws(change: Callable[..., Any], images: Any, seed: int) -> list[Any]:
    """Results for the first image: those of one call if it gives several, else one of each."""
    import numpy as np

    labels = np.zeros(len(images), np.int32)
    results = []
    for i in range(_DRAWS):
        found = np.asarray(change(images, labels, (seed, i))[0])
        if len(found) > len(images):
            return list(found[: len(found) // len(images)])
        results.append(found[0])
    return results


def _show(axis: Any, image: Any) -> None:
    axis.imshow(image.clip(0, 255).astype("uint8"))
