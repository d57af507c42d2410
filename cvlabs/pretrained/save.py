"""A model's weights into a file that torch's users can read."""

import os
from pathlib import Path

import keras
import numpy as np

import cvlabs
from cvlabs.pretrained.arguments import check_model, file_path
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
        ValueError: It is no model, the path does not end in `.safetensors`, or the network is none of cvlabs.
        OSError: The file cannot be written; what was there before is unchanged.
    """
    check_model(model)
    path = file_path(path)
    if path.suffix != ".safetensors":
        raise ValueError(f"{path} must end in .safetensors; for Keras' own formats use model.save_weights.")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"There is no folder {path.parent} to write {path.name} into; make it first.")
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
    except (SafetensorError, OSError) as error:
        reason = getattr(error, "strerror", None) or error  # without the name of the draft
        raise OSError(f"{path} could not be written ({reason}); what was there is unchanged.") from error
    finally:
        draft.unlink(missing_ok=True)
