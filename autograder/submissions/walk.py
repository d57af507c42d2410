"""Looks into folders that strangers made: no links are followed, and no depth ends it."""

from pathlib import Path

from autograder.errors import GraderError

DEEPEST = 50
_HIDDEN = ("__MACOSX", "__pycache__")


def visible(folder: Path) -> list[Path]:
    """Returns what lies in a folder and is not hidden, in order."""
    return sorted(path for path in folder.iterdir() if not is_hidden(path))


def below(folder: Path) -> list[Path]:
    """Returns all that a folder holds and that is not hidden, without recursion, which deep folders end.

    Raises:
        GraderError: Folders are nested too deep.
    """
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        at = waiting.pop()
        if len(at.parts) - len(folder.parts) > DEEPEST:
            raise GraderError(f"The folders are nested more than {DEEPEST} deep")
        inside = visible(at)
        found += inside
        waiting += [path for path in inside if is_folder(path)]
    return sorted(found)


def is_folder(path: Path) -> bool:
    """Whether something is a folder, and no link to one."""
    return path.is_dir() and not path.is_symlink()


def is_hidden(path: Path) -> bool:
    """Whether something is there for a system or a program only."""
    return path.name.startswith(".") or path.name in _HIDDEN
