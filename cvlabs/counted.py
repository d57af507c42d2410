"""Numbers of things in messages."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Returns a number with its noun.

    Args:
        number: How many.
        noun: Of what.
        plural: For several; the noun and an s if left out.

    Example:
        >>> counted(1, "image"), counted(1200, "image"), counted(0, "class", "classes")
        ('1 image', '1,200 images', '0 classes')
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
