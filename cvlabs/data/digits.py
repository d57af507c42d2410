"""scikit-learn's handwritten digits: 1,797 real images of 8×8, no download."""

import numpy as np

from cvlabs.data.source import Source
from cvlabs.data.split import no_split

SPLITS = ("train", "test")
_TEST = 5  # one image in so many


def digits_source(split: str) -> Source:
    """Returns the digits, grey values as three equal channels, every fifth in the test split.

    Reference: E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
    Repository, 1998: its test part.

    Raises:
        ValueError: Another split than `train` and `test`, or scikit-learn is not installed.
    """
    if split not in SPLITS:
        raise no_split("digits", split, SPLITS)
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise ValueError(
            'The digits come with scikit-learn, which is not installed: pip install "cvlabs[digits]". '
            'Always there: load("shapes").'
        ) from None
    found = load_digits()
    test = np.arange(len(found.target)) % _TEST == _TEST - 1
    chosen = test if split == "test" else ~test
    grey = np.round(found.images[chosen] * (255 / 16)).astype(np.uint8)  # 0 to 16: counts of 4×4 cells
    images = np.repeat(grey[..., None], 3, axis=-1)
    return Source(tuple(map(str, found.target_names)), images, found.target[chosen].astype(np.int32))
