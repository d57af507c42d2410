"""Comparison with a golden file: weights and inputs regenerated, outputs as the reference gave them."""

import gzip
import json
from pathlib import Path

import numpy as np

from cvlabs.pretrained.tensors import assign, slots
from tests.goldens.values import image, tensor

GOLDENS = Path(__file__).parent.parent / "goldens"
RELATIVE = 1e-4


def read(name):
    """Returns a golden file's content."""
    return json.loads(gzip.decompress((GOLDENS / f"{name}.json.gz").read_bytes()))


def check_golden(name, build, naming):
    """Compares a network with its reference at every input size of its golden file.

    Args:
        name: Name of the golden file.
        build: Makes the model: `build(input_shape=, classes=)`.
        naming: Takes a layer's name to the reference's prefix.
    """
    golden = read(name)
    for at, answer in enumerate(golden["answers"]):
        model = build(input_shape=(*answer["size"], 3), classes=golden["classes"])
        found = slots(model, naming)
        shapes = {k: tuple(s) for k, s in (golden["shapes"] | answer["shapes"]).items()}
        ours = {k: slot.shape for k, slot in found.items()}
        assert ours == shapes, different(ours, shapes)
        assign(found, {k: tensor(k, shape, golden["gain"]) for k, shape in shapes.items()})
        outputs = model(image((2, *answer["size"], 3), answer["seed"]), training=False)
        outputs = outputs if isinstance(outputs, list | tuple) else [outputs]
        assert len(outputs) == len(answer["outputs"])
        for got, expected in zip(outputs, answer["outputs"], strict=True):
            expected = np.asarray(expected)
            off = np.abs(np.asarray(got) - expected).max() / np.abs(expected).max()
            assert off <= RELATIVE, f"{name} at {answer['size']} (answer {at}): off by {off:.2g}"


def different(ours, theirs):
    """Says which names and shapes differ."""
    return {
        "only here": sorted(set(ours) - set(theirs))[:20],
        "only there": sorted(set(theirs) - set(ours))[:20],
        "shapes": [(k, ours[k], theirs[k]) for k in sorted(set(ours) & set(theirs)) if ours[k] != theirs[k]][
            :20
        ],
    }
