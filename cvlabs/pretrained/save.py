"""A model's weights into a file that torch's users can read."""

import os
from pathlib import Path

import keras
import numpy as np

import cvlabs
from cvlabs.pretrained.load import namings_of
from cvlabs.pretrained.read import require
from cvlabs.pretrained.tensors import slots


def save_weights(model: keras.Model, path: str | Path, *, network: str | None = None) -> None:
    """Saves weights as `.safetensors`, under torchvision's names where torchvision has the network.

    `cvlabs.load_weights` reads them back exactly; so do torchvision and timm.

    Args:
        model: A model of `cvlabs.create_model` or of a builder.
        path: The file to write. It is replaced only once all is written.
        network: Name of the network, if the model is not named after it.

    Raises:
        ValueError: The path does not end in `.safetensors`, or the network is none of cvlabs.
        OSError: The file cannot be written; what was there before is unchanged.
    """
    path = Path(path)
    if path.suffix != ".safetensors":
        raise ValueError(f"{path} must end in .safetensors; for Keras' own formats use model.save_weights.")
    require("safetensors", f"Writing {path}")
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    network = network or model.name
    naming = next(iter(namings_of(network).values()))
    tensors = {
        name: np.ascontiguousarray(slot.to_torch(keras.ops.convert_to_numpy(slot.variable)))
        for name, slot in slots(model, naming).items()
    }
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.touch()
        mode = draft.stat().st_mode  # as the user's files are; safetensors makes its own for the user alone
        save_file(tensors, draft, metadata={"network": network, "cvlabs": cvlabs.__version__, "format": "pt"})
        draft.chmod(mode)
        draft.replace(path)
    except SafetensorError as error:
        raise OSError(f"{path} could not be written ({error}); what was there is unchanged.") from error
    finally:
        draft.unlink(missing_ok=True)
