"""The surface of `cvlabs.train`."""

import pytest

from cvlabs import train


def test_exports():
    assert train.__all__ == [
        "RECIPES",
        "Diverged",
        "Evaluation",
        "Prediction",
        "Recipe",
        "Result",
        "activation_statistics",
        "center_crop",
        "evaluate",
        "fit",
        "gradient_norms",
        "join_hosts",
        "mirrored",
        "multi_scale",
        "predict",
        "takes_pixels",
        "ten_crop",
        "with_normalization",
    ]
    assert set(train._HOME) == set(train.__all__)
    assert all(getattr(train, name) is not None for name in train.__all__)
    assert callable(train.fit)
    assert set(train.__all__) <= set(dir(train))
    with pytest.raises(AttributeError, match=r"'cvlabs.train' has no attribute 'fitt'"):
        train.fitt  # noqa: B018
