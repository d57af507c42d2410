"""Messages of the library in the words of the command line: options in place of arguments."""

import re

_WORDS = (
    (r'on_error="skip"', "--on-error skip"),
    (r'load\("([^"]+)"(?:, …)?\)', r"--data \1"),
    (r"pass resume=False", "pass --again"),
    (r'pass its path: weights="([^"]+)"', r"pass its path: --weights \1"),
    (r'weights="imagenet"', "--weights imagenet"),
    (r"weights='([^']+)'", r"--weights \1"),
    (r"image_size=(\d+)(?:, or a height and a width)?", r"--image-size \1"),
    (r"batch_size=(\d+)", r"--batch-size \1"),
    (r"pass views=center_crop", "--crops 1"),
    (r"multi_scale\(sizes, ten_crop\)", "--crops 10 with --scales"),
    (r"pass classes=…, such as .*\.classes\.$", "write them into classes.txt beside its file, a line each."),
)


def in_options(message: str) -> str:
    """Returns a message with the options that stand for the arguments in it.

    Example:
        >>> in_options('leave them out with on_error="skip".')
        'leave them out with --on-error skip.'
    """
    for python, option in _WORDS:
        message = re.sub(python, option, message)
    return message
