"""The end of a figure: shown in a notebook, or written to a file."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def show_or_save(figure: "Figure", save: str | Path | None) -> None:
    """Shows a figure; or writes it to the file `save`, whose ending tells the format, and closes it."""
    import matplotlib.pyplot as plt

    if save is None:
        plt.show()
        return
    figure.savefig(save, dpi=120)
    plt.close(figure)
