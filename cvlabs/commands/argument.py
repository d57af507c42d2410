"""Arguments that several commands take."""

import argparse


def size(text: str) -> int:
    """Reads a number of pixels."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number of pixels, got {text!r}")
    return int(text)


def seed(text: str) -> int:
    """Reads a seed, as NumPy takes it."""
    if not text.isdecimal() or int(text) >= 2**32:
        raise argparse.ArgumentTypeError(f"expected a whole number from 0 to 2**32 - 1, got {text!r}")
    return int(text)


def count(text: str) -> int:
    """Reads how many of something."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 on, got {text!r}")
    return int(text)
