"""Names of strangers' files in messages: they may hold line breaks, a terminal's commands, or be no text."""

from pathlib import Path


def printable(name: str | Path) -> str:
    """Returns a name as it is if all of it can be shown, and otherwise with escapes."""
    text = str(name)
    return text if text.isprintable() else ascii(text)[1:-1]
