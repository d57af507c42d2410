"""Tables as text for terminals and as HTML for notebooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_STYLE = (
    "border-collapse:collapse;font-size:13px;line-height:1.35;color:inherit;background:transparent;"
    "font-variant-numeric:tabular-nums;margin:4px 0"
)
_LINE = "1px solid rgba(128,128,128,.45)"  # grey that shows on white and on black


@dataclass(frozen=True)
class Table:
    """Cells of text under headings.

    Args:
        title: A line above.
        columns: Headings. Columns of numbers are set flush right, whose cells all start with a digit or sign.
        rows: The cells.
        total: A last row, set off.
        notes: Lines below.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """Returns the table for a terminal."""
        right = self._right()
        cells = [self.columns, *self.rows, *([self.total] if self.total else [])]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        lines = [
            "  ".join(f"{cell:{'>' if r else '<'}{w}}" for cell, w, r in zip(row, widths, right, strict=True))
            for row in cells
        ]
        return "\n".join(line.rstrip() for line in (self.title, *lines, *self.notes))

    def html(self) -> str:
        """Returns the table for a notebook, readable on light and on dark."""
        right = self._right()
        body = "".join(_row(row, right, "td") for row in self.rows)
        total = _row(self.total, right, "th", f"border-top:{_LINE}") if self.total else ""
        notes = "".join(
            f'<div style="font-size:12px;opacity:.75">{escape(note)}</div>' for note in self.notes
        )
        head = _row(self.columns, right, "th", f"border-bottom:{_LINE}")
        return (
            f"<div><b>{escape(self.title)}</b></div>"
            f'<table style="{_STYLE}"><thead>{head}</thead>'
            f"<tbody>{body}{total}</tbody></table>{notes}"
        )

    def _right(self) -> list[bool]:
        return [
            all(row[i][:1] in tuple("0123456789+−–-") for row in self.rows if row[i])
            for i in range(len(self.columns))
        ]


def _row(cells: Sequence[str], right: Sequence[bool], tag: str, style: str = "") -> str:
    inside = "".join(
        f'<{tag} style="text-align:{"right" if r else "left"};padding:2px 10px;white-space:pre-line;'
        f'background:transparent;{style}">{escape(cell)}</{tag}>'
        for cell, r in zip(cells, right, strict=True)
    )
    return f'<tr style="background:transparent">{inside}</tr>'


def memory(size: int | None) -> str:
    """Writes bytes in KiB, MiB, GiB of 1024; `–` for what is not counted."""
    if size is None:
        return "–"
    for unit, name in ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
        if size >= unit:
            return f"{size / unit:.2f} {name}"
    return f"{size} B"


def number(n: int | None) -> str:
    """Writes a whole number in full; `–` for what is not counted."""
    return "–" if n is None else f"{n:,}"


def sizes(shape: Sequence[object] | None) -> str:
    """Writes a shape as papers do: 56×56×64."""
    return "–" if shape is None else "×".join(map(str, shape)) or "1"
