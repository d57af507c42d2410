"""Networks by name: heads, features and weights around the builders of `cvlabs.models`."""

import inspect
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import keras
from keras import layers

from cvlabs.arguments import check_activation, check_flag, check_weights, checked
from cvlabs.facts import list_models, model_info, unknown_network
from cvlabs.features import AUXILIARY, backbone, feature_info
from cvlabs.graph import unroll
from cvlabs.layers.channels_last import channels_last
from cvlabs.models import MODELS
from cvlabs.models.mobilenet_v3 import mobilenet_norm
from cvlabs.pretrained.hub import download
from cvlabs.pretrained.load import fill
from cvlabs.pretrained.match import classifiers, heads
from cvlabs.variables import abstract, initialize, set_value

Builder = Callable[..., keras.Model]
_LEAST_WITH_HEADS = {"googlenet": 65, "googlenet_bn": 65, "inception_v3": 299}
"""Pixels that auxiliary heads need, where that is more than the network does."""
_ONE_SIZE_HEADS = ("alexnet", "vgg")
"""How the names of networks begin in which the head alone needs images of one size, since it flattens.

ZFNet is not one of them: its poolings pad by the size of what they get.
"""
_TIMM_NORM = {"norm": partial(mobilenet_norm, epsilon=1e-5)}
_TRAINED_WITH: dict[str, dict[str, Any]] = {
    "mobilenet_v3_large": _TIMM_NORM,
    "mobilenet_v3_small": _TIMM_NORM,
}
"""The builder's options that published weights were trained with, where they are not its defaults."""


@channels_last()
def create_model(
    name: str,
    *,
    include_top: bool = True,
    weights: str | Path | None = None,
    input_shape: tuple[int | None, int | None, int] | None = None,
    pooling: str | None = None,
    classes: int | None = None,
    classifier_activation: str | None = "softmax",
    features_only: bool = False,
    **options: Any,
) -> keras.Model:
    """Builds a network by name, in the words of `keras.applications`.

    Args:
        name: One of `list_models()`.
        include_top: Whether the network ends in its classifier; else in its last features N×H×W×C.
        weights: `None` for fresh weights; `"imagenet"` for published ones from the Hugging Face hub, in a
            network with the constants that they were trained with; or a file that `cvlabs.load_weights`
            reads, which says nothing of constants. With `classes` given, a classifier for another number of
            them starts fresh; without a classifier, the file needs none either.
        input_shape: Height, width and channels of the images; the builder's default if left out. Height and
            width may be `None`, for images of any size, in networks that average over their last features,
            and in AlexNet and VGG without their classifier.
        pooling: `"avg"` or `"max"` pools the last features to N×C; only with `include_top=False`.
        classes: Number of classes; the builder's default if left out, which is 1000, and 10 for the CIFAR
            networks. Only with `include_top=True`. A single one needs another activation than softmax.
        classifier_activation: `"softmax"` or another activation in a float32 layer of its own after the
            logits; `None` for logits.
        features_only: One output per stride 2, 4, 8, … in place of a classifier: the last features of each
            resolution. `feature_info` tells which layers they are.
        **options: What the builder itself takes, such as `auxiliary_heads=True`.

    Returns:
        A functional model.

    Raises:
        ValueError: An unknown name or option, an argument of another kind or that would be ignored, an input
            that is too small, or weights that are not there.

    Example:
        >>> create_model("googlenet", classes=10, input_shape=(64, 64, 3)).output.shape
        (None, 10)
    """
    builder = _builder(name)
    given = {"classes": classes, "input_shape": input_shape}
    given = {key: value for key, value in given.items() if value is not None}
    check_weights(weights)
    check_flag("include_top", include_top)
    check_flag("features_only", features_only)
    trained_with = _TRAINED_WITH.get(name, {}) if weights == "imagenet" else {}
    arguments = checked(name, builder, trained_with | given | options)
    top = include_top and not features_only
    _check_head(top, features_only, classes, classifier_activation, pooling)
    if not top and options.get("auxiliary_heads"):
        raise ValueError("auxiliary_heads=True would be ignored without a classifier; leave it out.")
    path = download(name) if weights == "imagenet" else weights
    shape = arguments.get("input_shape", ())
    head_needs_size = None in shape and not top and name.startswith(_ONE_SIZE_HEADS)
    if head_needs_size:
        arguments["input_shape"] = tuple(
            own if n is None else n for n, own in zip(shape, _made_for(builder), strict=True)
        )
    with abstract():  # what comes from a file, or is cut off with the head, is not drawn first
        model = _build(name, builder, arguments)
    if path is not None:
        fresh = classifiers(model) if classes is not None else ()
        fill(model, path, network=name, optional=fresh, unused=() if top else heads(model))
    if features_only:
        outputs = [model.get_layer(row["layer"]).output for row in feature_info(model)]
        model = keras.Model(model.input, outputs, name=model.name)
    elif not include_top:
        model = keras.Model(model.input, _pooled(_last_features(model), pooling), name=model.name)
    elif classifier_activation is not None:
        model = _with_activation(model, classifier_activation)
    initialize(model.variables)
    return _of_shape(model, shape) if head_needs_size else model


def build_abstract(name: str, **arguments: Any) -> keras.Model:
    """Builds a network without weights, for its shapes and counts: fast, and with hardly any memory.

    Args:
        name: One of `cvlabs.list_models()`.
        **arguments: What the builder takes.

    Raises:
        ValueError: An unknown name or option, or an input that is too small.
    """
    builder = _builder(name)
    with abstract():
        return _build(name, builder, checked(name, builder, arguments))


def _builder(name: str) -> Builder:
    if not isinstance(name, str) or name not in MODELS:
        raise unknown_network(name, MODELS)
    return MODELS[name]


def _check_head(
    top: bool, features_only: bool, classes: int | None, activation: str | None, pooling: str | None
) -> None:
    """Checks what the network is to end in: nothing that is given may be ignored."""
    check_activation(activation)
    if top and classes == 1 and keras.activations.get(activation) is keras.activations.softmax:
        raise ValueError(
            "classes=1 with softmax gives 1 for every image. For two classes, use classes=2, or "
            'classes=1 with classifier_activation="sigmoid".'
        )
    if not top and classes is not None:
        raise ValueError(f"classes={classes} would be ignored without a classifier; leave it out.")
    if not top and activation not in ("softmax", None):
        raise ValueError(f"classifier_activation={activation!r} would be ignored without a classifier.")
    if pooling is not None and (top or features_only):
        raise ValueError(f"pooling={pooling!r} would be ignored; it takes include_top=False.")
    if pooling not in (None, "avg", "max"):
        raise ValueError(f"pooling must be 'avg', 'max' or None, got {pooling!r}.")


def _build(name: str, builder: Builder, arguments: dict[str, Any]) -> keras.Model:
    filtered = keras.config.is_traceback_filtering_enabled()
    keras.config.disable_traceback_filtering()  # it would hide which layer failed
    try:
        return builder(**arguments)
    except (TypeError, ValueError) as error:
        reason = _reason(name, error, arguments)
        if reason is None:
            raise
        raise ValueError(
            f"{name} cannot take input_shape={arguments['input_shape']}: {reason}; "
            f"the network was made for {_made_for(builder)}."
        ) from error
    finally:
        if filtered:
            keras.config.enable_traceback_filtering()


def _made_for(builder: Builder) -> tuple[int, int, int]:
    shape: tuple[int, int, int] = inspect.signature(builder).parameters["input_shape"].default
    return shape


def _reason(name: str, error: Exception, arguments: dict[str, Any]) -> str | None:
    """Tells what about the input's shape made a builder fail, and what to do; `None` if it was not that."""
    size, layer, text = arguments.get("input_shape", ())[:2], _failing_layer(error), str(error).lower()
    if None in size:
        otherwise = ", or include_top=False" if name.startswith(_ONE_SIZE_HEADS) else ""
        return f"it needs images of one size. Give their height and width{otherwise}"
    if not size or layer is None:
        return None
    least = _LEAST_WITH_HEADS.get(name) if arguments.get("auxiliary_heads") else None
    if least is None:
        least = model_info(name).min_input_size if name in list_models() else 1
    larger = f"Use images of at least {least}×{least}" if min(size) < least else None
    if "zero or negative" in text or "negative dimension" in text:
        return f"the layer {layer} would have no output left. {larger or 'Use larger images'}"
    if "incompatible shapes" in text or "matching shapes" in text:
        return f"the layer {layer} gets maps of different sizes. {larger or 'Use sizes divisible by 32'}"
    return None


def _failing_layer(error: Exception) -> str | None:
    """Name of the innermost layer in an error's traceback."""
    name, trace = None, error.__traceback__
    while trace is not None:
        owner = trace.tb_frame.f_locals.get("self")
        if isinstance(owner, keras.Layer):
            name = getattr(owner, "name", name)  # it has none yet if its constructor failed
        trace = trace.tb_next
    return name


def _last_features(model: keras.Model) -> Any:
    return backbone(unroll(model))[-1].outputs[0]


def _pooled(x: Any, pooling: str | None) -> Any:
    if pooling is None:
        return x
    pool = layers.GlobalAveragePooling2D if pooling == "avg" else layers.GlobalMaxPooling2D
    return pool(name="pool")(x)


def _of_shape(model: keras.Model, shape: tuple[int | None, ...]) -> keras.Model:
    """Makes a network anew for images of another shape, with the values of its variables."""
    with abstract():
        other = keras.models.clone_model(model, input_tensors=keras.Input(shape, name="image"))
    for variable, known in zip(other.variables, model.variables, strict=True):
        set_value(variable, known.value)
    return other


def _with_activation(model: keras.Model, activation: str) -> keras.Model:
    outputs = []
    for i, logits in enumerate(model.outputs):
        name = "predictions" if i == 0 else f"{AUXILIARY}{i}_predictions"
        outputs.append(layers.Activation(activation, dtype="float32", name=name)(logits))
    return keras.Model(model.input, outputs if len(outputs) > 1 else outputs[0], name=model.name)
