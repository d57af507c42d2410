"""Comparison with a golden file: weights and inputs regenerated, outputs as the reference gave them."""

import gzip
import json
from pathlib import Path

import keras
import numpy as np

from cvlabs.pretrained.tensors import assign, slots
from tests.goldens.values import image, tensor

GOLDENS = Path(__file__).parent.parent / "goldens"
RELATIVE = 1e-4


def names():
    """Returns the names of all golden files."""
    return sorted(path.name.removesuffix(".json.gz") for path in GOLDENS.glob("*.json.gz"))


def check_golden(name, build, namings):
    """Compares a network with its reference at every input size of its golden file.

    Args:
        name: Name of the golden file.
        build: Makes the model: `build(input_shape=, classes=)`.
        namings: Candidates for taking a layer's name to the reference's prefix.
    """
    golden = json.loads(gzip.decompress((GOLDENS / f"{name}.json.gz").read_bytes()))
    for answer in golden["answers"]:
        model = build(input_shape=(*answer["size"], 3), classes=golden["classes"])
        shapes = {k: tuple(s) for k, s in (golden["shapes"] | answer["shapes"]).items()}
        found = find_slots(model, namings, shapes)
        assign(found, {k: tensor(k, shape, golden["gain"]) for k, shape in shapes.items()})
        outputs = model(image((2, *answer["size"], 3), answer["seed"]), training=False)
        outputs = outputs if isinstance(outputs, list | tuple) else [outputs]
        assert len(outputs) == len(answer["outputs"])
        for got, expected in zip(outputs, answer["outputs"], strict=True):
            expected = np.asarray(expected)
            got = keras.ops.convert_to_numpy(got)
            off = np.abs(got - expected).max() / np.abs(expected).max()
            assert off <= RELATIVE, f"{name} at {answer['size']}: off by {off:.2g}"


def find_slots(model, namings, shapes):
    """Returns the slots under the naming that the reference's tensors have; their shapes fit."""
    tried = []
    for naming in namings:
        try:
            found = slots(model, naming)
        except ValueError as error:  # another publisher's layers
            tried.append(f"{naming.__module__}.{naming.__name__}: {error!r}")
            continue
        if set(found) == set(shapes):
            wrong = {k: (slot.shape, shapes[k]) for k, slot in found.items() if not slot.fits(shapes[k])}
            assert not wrong, wrong
            return found
        here, there = sorted(set(found) - set(shapes))[:8], sorted(set(shapes) - set(found))[:8]
        tried.append(f"{naming.__module__}.{naming.__name__}: only here {here}, only there {there}")
    raise AssertionError("no naming fits: " + "; ".join(tried))
