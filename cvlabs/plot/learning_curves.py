"""Training and validation error over the epochs, of one training or of several beside each other."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvlabs.grading import for_readers
from cvlabs.plot.bars import BYTES, MACS, OTHERS, PARAMS
from cvlabs.plot.finish import show_or_save

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = (PARAMS, MACS, BYTES, OTHERS, "#aa4499", "#44aa99", "#332288", "#882255")


@for_readers
def learning_curves(trainings: Any, *, title: str = "", save: str | Path | None = None) -> None:
    """Shows how the errors fell: dashed on the training data, solid on the validation data.

    Args:
        trainings: What `fit` returned, a `history.csv` or its folder; or `{label: training}` of several.
        title: Title of the figure.
        save: A file for the figure, which is then not shown.

    Raises:
        ValueError: There is nothing to show, or a history cannot be read.
    """
    from cvlabs.train.history import read_history

    several = isinstance(trainings, Mapping)
    found = {label: read_history(run) for label, run in (trainings if several else {"": trainings}).items()}
    if not found:
        raise ValueError("There are no trainings to show.")
    import matplotlib.pyplot as plt

    has_loss = all("loss" in columns for columns in found.values())
    width = 10 if has_loss else 6
    figure, axes = plt.subplots(1, 1 + has_loss, figsize=(width, 4.2), squeeze=False, layout="constrained")
    for i, (label, columns) in enumerate(found.items()):
        colour = COLOURS[i % len(COLOURS)]
        measured = "test_error" if "test_error" in columns else "validation_error"
        _curves(axes[0][0], columns, ("training_error", measured), label, colour)
        if has_loss:
            _curves(axes[0][1], columns, ("loss", "validation_loss"), label, colour)
    axes[0][0].set_ylabel("top-1 error in percent")
    axes[0][0].set_ylim(bottom=0)
    if has_loss:
        axes[0][1].set_ylabel("loss")
    for axis in axes[0]:
        _finish(axis)
    axes[0][0].legend(frameon=False, fontsize=9)
    figure.suptitle(title)
    show_or_save(figure, save)


def _curves(
    axis: "Axes", columns: Mapping[str, list[Any]], names: tuple[str, str], label: str, colour: str
) -> None:
    epochs = columns["epoch"]
    for name, style in zip(names, ("--", "-"), strict=True):
        values = [float("nan") if v is None else v for v in columns.get(name, [])]
        if all(v != v for v in values):  # measured nowhere
            continue
        what = "training" if name in ("training_error", "loss") else name.split("_")[0]
        marker = "o" if len(values) == 1 else None
        words = f"{label} {what}".strip()
        axis.plot(epochs, values, style, marker=marker, color=colour, label=words, linewidth=1.5)


def _finish(axis: "Axes") -> None:
    from matplotlib.ticker import MaxNLocator

    axis.set_xlabel("epoch")
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(axis="y", alpha=0.25)
