"""What an image file is and how large, from its first bytes: its name does not count."""

import struct
from collections.abc import Callable

_OTHERS = {
    b"II*\0": "a TIFF image",
    b"MM\0*": "a TIFF image",
    b"%PDF": "a PDF",
    b"<svg": "an SVG drawing",
    b"PK\3\4": "a zip",
    b"\0\0\1\0": "an icon",
}
_READ = "JPEG, PNG, GIF, BMP and WebP are read"

# Format, height, width. What has an alpha channel is "transparent png" or "transparent webp"; a WebP with
# several frames is "moving webp".
Header = tuple[str, int, int]


def read_header(data: bytes) -> Header:
    """Returns format, height and width of an image.

    Args:
        data: The file, or enough of its beginning.

    Raises:
        ValueError: It is not an image that can be read. The message is a reason, to stand after a path.
    """
    if not data:
        raise ValueError("an empty file")
    for start, parse in _PARSERS:
        if data.startswith(start):
            try:
                header = parse(data)
            except (struct.error, IndexError):
                raise ValueError("truncated: it ends within its header") from None
            if min(header[1:]) < 1:
                raise ValueError("damaged: its header says that it has no pixels")
            return header
    raise ValueError(f"{_what(data)}; {_READ}")


def _what(data: bytes) -> str:
    for start, what in _OTHERS.items():
        if data.startswith(start):
            return what
    if data[4:8] == b"ftyp":
        return "an AVIF or HEIC image, or a film"
    return "not an image"


def _jpeg(data: bytes) -> Header:
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:  # fill bytes
            at += 1
        mark, length = struct.unpack_from(">HH", data, at)
        # The frame's header holds the size: 0xC0 to 0xCF without three tables that are numbered among them.
        if 0xFFC0 <= mark <= 0xFFCF and mark not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return "jpeg", height, width
        if not 0xFF01 <= mark < 0xFFFF or length < 2:
            raise ValueError("damaged: its JPEG header has no frame")
        at += 2 + length


def _png(data: bytes) -> Header:
    width, height, _, colours = struct.unpack_from(">IIBB", data, 16)
    transparent = colours & 4 or b"tRNS" in data[: data.find(b"IDAT")]
    return "transparent png" if transparent else "png", height, width


def _gif(data: bytes) -> Header:
    width, height = struct.unpack_from("<HH", data, 6)
    return "gif", height, width


def _bmp(data: bytes) -> Header:
    width, height, _, bits, packing = struct.unpack_from("<iiHHI", data, 18)
    if struct.unpack_from("<I", data, 14)[0] < 40 or bits not in (24, 32) or packing not in (0, 3):
        raise ValueError("a BMP with a palette or compressed; BMP is read with 24 and 32 bits per pixel")
    return "bmp", abs(height), width


def _webp(data: bytes) -> Header:
    if data[8:12] != b"WEBP":
        raise ValueError(f"a RIFF file without an image; {_READ}")
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[i : i + 3], "little") + 1 for i in (24, 27))
        if len(data) < 30:
            raise IndexError
        moving, transparent = data[20] & 0x02, data[20] & 0x10
        return "moving webp" if moving else "transparent webp" if transparent else "webp", height, width
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return (
            "transparent webp" if bits >> 28 & 1 else "webp",
            (bits >> 14 & 0x3FFF) + 1,
            (bits & 0x3FFF) + 1,
        )
    width, height = struct.unpack_from("<HH", data, 26)
    return "webp", height & 0x3FFF, width & 0x3FFF


_PARSERS: tuple[tuple[bytes, Callable[[bytes], Header]], ...] = (
    (b"\xff\xd8\xff", _jpeg),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"GIF8", _gif),
    (b"BM", _bmp),
    (b"RIFF", _webp),
)
