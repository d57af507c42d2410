"""Arguments that several commands take."""

import argparse


def size(text: str) -> int:
    """Reads a number of pixels."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number of pixels, got {text!r}")
    return int(text)


def count(text: str) -> int:
    """Reads how many of something."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 on, got {text!r}")
    return int(text)
