"""Counts what a notebook's cells put out, while it arrives, and says when it is too much."""

from dataclasses import dataclass

_PER_MESSAGE = 200  # bytes that an output costs besides its text; many tiny ones must not be free


@dataclass
class OutputMeter:
    """Limits in bytes.

    Args:
        cell_bytes: What one cell may put out, evidence apart.
        notebook_bytes: What all cells together may put out, evidence apart.
        evidence_bytes: What the evidence of one cell may amount to.
    """

    cell_bytes: int
    notebook_bytes: int
    evidence_bytes: int
    cell: int = 0
    notebook: int = 0
    evidence: int = 0
    dropped: bool = False
    flooded: bool = False

    def start_cell(self) -> None:
        """Begins the count of another cell."""
        self.cell = self.evidence = 0
        self.dropped = self.flooded = False

    def admits(self, content: object, *, evidence: bool) -> bool:
        """Counts an output, and returns whether it may be kept."""
        size = size_of(content) + _PER_MESSAGE
        if evidence:
            self.evidence += size
            kept = self.evidence <= self.evidence_bytes
            self.flooded |= not kept
        else:
            self.cell += size
            self.flooded |= self.cell > self.cell_bytes
            kept = not self.flooded and self.notebook + size <= self.notebook_bytes
            self.notebook += size if kept else 0
        self.dropped |= not kept
        return kept

    @property
    def note(self) -> str:
        """What the reader of the notebook is told about this cell's output; empty if all of it is there."""
        if self.cell > self.cell_bytes:
            return (
                f"This cell put out more than {self.cell_bytes / 1e6:g} MB and was stopped; the rest was cut."
            )
        if self.flooded:
            return (
                f"This cell left more than {self.evidence_bytes / 1e6:g} MB of evidence and was stopped; "
                "the rest was cut."
            )
        if self.dropped:
            return f"The notebook put out more than {self.notebook_bytes / 1e6:g} MB; the rest was cut."
        return ""


def size_of(value: object) -> int:
    """Returns roughly how many bytes a JSON value takes."""
    if isinstance(value, str):
        return len(value) + 50
    if isinstance(value, dict):
        return sum(size_of(key) + size_of(item) for key, item in value.items())
    if isinstance(value, list):
        return sum(map(size_of, value))
    return 10
