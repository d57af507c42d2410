"""A folder of image files, or a zip of one, read where it lies."""

import mmap
import os
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path as FilePath
from pathlib import PurePosixPath

Path = tuple[str, ...]  # names below the root

# Three wrappers, split, class, folder in it, file; also ends the walk where links form a circle.
_DEPTH = 7
_JUNK = {"__MACOSX", "Thumbs.db", "desktop.ini", "ehthumbs.db"}


@dataclass(frozen=True)
class Tree:
    """What lies below a folder.

    Args:
        root: The folder or zip.
        files: Paths of the files below it, as tuples of names, sorted.
        folders: Paths of the folders, likewise.
        read: Returns the contents of one file, or at least as many of its first bytes as asked for.
    """

    root: FilePath
    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    read: Callable[[Path, int | None], bytes]


def open_tree(path: str | FilePath) -> Tree:
    """Lists a folder or a zip, without hidden files and what operating systems leave behind.

    A zip is not unpacked: its files are read through a memory map, so it needs no room on the disk, leaves
    nothing behind, and is as fast as a folder.

    Raises:
        ValueError: Nothing is there, it is neither a folder nor a zip, or the zip is damaged or encrypted.
    """
    root = FilePath(path).expanduser()
    if root.is_dir():
        return _folder(root)
    if not root.exists():
        raise ValueError(f"There is no folder or zip at {root}. Relative paths start at {FilePath.cwd()}.")
    if not zipfile.is_zipfile(root):
        with root.open("rb") as file:
            is_cut = file.read(4) == b"PK\3\4"
        if is_cut:
            raise ValueError(f"{root} is a zip without its end, as an unfinished download. Get it again.")
        raise ValueError(
            f"{root} is neither a folder nor a zip. Unpack it, and give the path of the folder that holds "
            "the class folders."
        )
    return _zip(root)


def _keep(name: str) -> bool:
    return not name.startswith(".") and name not in _JUNK


def _folder(root: FilePath) -> Tree:
    files: list[Path] = []
    folders: list[Path] = []
    for place, names, file_names in os.walk(root, followlinks=True):
        above = FilePath(place).relative_to(root).parts
        names[:] = sorted(filter(_keep, names)) if len(above) < _DEPTH else []
        folders += [(*above, name) for name in names]
        files += [(*above, name) for name in file_names if _keep(name)]

    def read(path: Path, most: int | None) -> bytes:
        # pathlib takes half as long again.
        with open(os.path.join(root, *path), "rb", buffering=0) as file:  # noqa: PTH118, PTH123
            return file.read(-1 if most is None else most)

    return Tree(root, tuple(sorted(files)), tuple(sorted(folders)), read)


def _zip(root: FilePath) -> Tree:
    try:
        with zipfile.ZipFile(root) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise ValueError(f"{root} is damaged: {error}. Download or copy it again.") from error
    members: dict[Path, zipfile.ZipInfo] = {}
    folders: set[Path] = set()
    for info in infos:
        parts = tuple(part for part in PurePosixPath(info.filename).parts if part not in ("/", ".."))
        if not parts or not all(map(_keep, parts)):
            continue
        if info.flag_bits & 1:
            raise ValueError(
                f"{root} is encrypted. Unpack it with its password, and give the path of the folder."
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(
                f"{root}: {info.filename} is compressed by a method that cannot be read. Unpack the zip, and "
                "give the path of the folder."
            )
        folders |= {parts[:i] for i in range(1, len(parts))}
        if info.is_dir():
            folders.add(parts)
        else:
            members[parts] = info
    with root.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def read(path: Path, most: int | None) -> bytes:
        return _member(content, members[path])

    return Tree(root, tuple(sorted(members)), tuple(sorted(folders)), read)


def _member(content: mmap.mmap, info: zipfile.ZipInfo) -> bytes:
    """Contents of a file in a zip: behind a local header of 30 bytes, a name and an extra field."""
    at = info.header_offset
    if content[at : at + 4] != b"PK\3\4":
        raise ValueError("damaged in the zip: no local header")
    name, extra = content[at + 26 : at + 28], content[at + 28 : at + 30]
    start = at + 30 + int.from_bytes(name, "little") + int.from_bytes(extra, "little")
    data = content[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, info.file_size + 1)
        except zlib.error as error:
            raise ValueError(f"damaged in the zip: {error}") from error
    if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
        raise ValueError("damaged in the zip: its checksum differs")
    return data
