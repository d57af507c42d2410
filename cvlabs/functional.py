"""The graph of a model, apart from how the model was made and what it was compiled with."""

from typing import Any

import keras


def functional(model: Any) -> keras.Model:
    """Returns a functional model of the same layers, without the optimizer of a compiled one.

    Raises:
        ValueError: It is no model, or one whose graph is not known.
    """
    if isinstance(model, str):
        raise ValueError(
            f"Expected a model, got the name {model!r}; cvlabs.create_model({model!r}) builds it."
        )
    if not isinstance(model, keras.Model):
        raise ValueError(f"Expected a model of cvlabs.create_model or of Keras, got {type(model).__name__}.")
    if isinstance(model, keras.Sequential) and model.built:
        return keras.Model(model.inputs[0], model.outputs[0], name=model.name)
    if not hasattr(model, "operations"):
        raise ValueError(f"{model.name} is no functional model, so its graph is not known.")
    return keras.Model(model.input, model.output, name=model.name) if model.compiled else model
