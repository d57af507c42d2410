"""Weights that commands are told: asked for before the data is read."""

from pathlib import Path

from cvlabs.facts import model_info


def check_weights(name: str, weights: str | None) -> None:
    """Checks that the weights of a network are published, or that there is such a file.

    Raises:
        ValueError: They are not.
    """
    if weights is None or Path(weights).is_file():
        return
    if weights != "imagenet":
        raise ValueError(f"--weights must be imagenet or a file; there is no file {weights}.")
    if model_info(name).weights is None:
        from cvlabs.pretrained.hub import download

        download(name)  # tells which networks have some
