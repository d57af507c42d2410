"""Figures that commands write: whether they can, asked before the work and not after it."""

import importlib.util
from pathlib import Path


def check_figure(path: Path) -> None:
    """Checks that a figure can be drawn and written.

    Raises:
        ValueError: matplotlib is missing, the folder is, or the file's ending names no format.
    """
    if importlib.util.find_spec("matplotlib") is None:
        raise ValueError(f'{path} cannot be drawn without matplotlib: pip install "cvlabs[labs]".')
    if not path.absolute().parent.is_dir():
        raise ValueError(f"There is no folder {path.absolute().parent} for {path.name}.")
    from matplotlib.backend_bases import FigureCanvasBase

    formats = sorted(FigureCanvasBase.get_supported_filetypes())
    if path.suffix.lower().removeprefix(".") not in formats:
        raise ValueError(
            f"{path} does not end in the name of a format for figures; .png does, and .{', .'.join(formats)}."
        )
