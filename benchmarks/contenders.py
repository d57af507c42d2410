"""The same network from cvlabs and from others, behind the same two calls: a training step, an inference.

All train with SGD and momentum on the same random images; inference returns when the result is there.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

APPLICATIONS = {  # cvlabs' name: that of keras.applications
    "vgg16": "VGG16",
    "vgg19": "VGG19",
    "resnet50": "ResNet50",
    "resnet101": "ResNet101",
    "resnet152": "ResNet152",
    "densenet121": "DenseNet121",
    "densenet169": "DenseNet169",
    "densenet201": "DenseNet201",
    "inception_v3": "InceptionV3",
    "inception_resnet_v2": "InceptionResNetV2",
    "xception": "Xception",
    "mobilenet": "MobileNet",
    "mobilenet_v2": "MobileNetV2",
    "mobilenet_v3_large": "MobileNetV3Large",
    "mobilenet_v3_small": "MobileNetV3Small",
    "nasnet_mobile": "NASNetMobile",
    "nasnet_large": "NASNetLarge",
    **{f"efficientnet_b{i}": f"EfficientNetB{i}" for i in range(8)},
}
"""ResNet50V2 and its kin are not among them: they halve the map elsewhere, which is other work."""

TORCHVISION = {  # cvlabs' name: torchvision's
    "alexnet_owt": "alexnet",
    "googlenet_tv": "googlenet",
    "resnet50_v15": "resnet50",
    "resnext50_32x4d": "resnext50_32x4d",
    "resnext101_32x8d": "resnext101_32x8d",
    "shufflenet_v2_x1_0": "shufflenet_v2_x1_0",
    "squeezenet1_1": "squeezenet1_1",
    "wide_resnet50_2": "wide_resnet50_2",
    "mnasnet_b1": "mnasnet1_0",
    **{
        name: name
        for name in (
            *("vgg11", "vgg16", "vgg16_bn", "resnet18", "resnet34", "densenet121", "densenet161"),
            *("inception_v3", "mobilenet_v2", "mobilenet_v3_large", "mobilenet_v3_small", "efficientnet_b0"),
        )
    },
}


@dataclass(frozen=True)
class Setting:
    """What is measured.

    Args:
        network: cvlabs' name of the network.
        batch: Images per step.
        size: Height and width of the images.
        dtype: `"float32"` or `"bfloat16"`, which stands for mixed precision.
    """

    network: str
    batch: int
    size: int
    dtype: str


@dataclass(frozen=True)
class Contender:
    """A network that can be stepped.

    Args:
        train: Does one training step.
        infer: Computes the logits of one batch.
    """

    train: Callable[[], object]
    infer: Callable[[], object]


Build = Callable[[Setting], Contender]


def contenders(network: str) -> dict[str, Build]:
    """Returns who has a network, cvlabs first; those that are not installed are left out."""
    from cvlabs import model_info

    model_info(network)  # an unknown name tells the near ones
    found: dict[str, Build] = {"cvlabs": _cvlabs}
    if network in APPLICATIONS:
        found["keras.applications"] = _application
    if network in TORCHVISION and importlib.util.find_spec("torchvision"):
        found["torchvision"] = _torchvision
    return found


def variants(network: str) -> dict[str, Build]:
    """Returns a network beside forms of itself, for what cvlabs' own layers and folding are worth."""
    return {"cvlabs": _cvlabs, "Keras' own layers": _with_keras_layers, "folded": _folded}


def keras_model(setting: Setting) -> Any:
    """Builds cvlabs' network."""
    from cvlabs.models import MODELS

    return MODELS[setting.network](input_shape=(setting.size, setting.size, 3), classes=1000)


def application(setting: Setting) -> Any:
    """Builds the network of keras.applications."""
    import keras

    name = APPLICATIONS[setting.network]
    options = {"include_preprocessing": False} if "MobileNetV3" in name else {}
    shape = (setting.size, setting.size, 3)
    return getattr(keras.applications, name)(
        weights=None, input_shape=shape, classes=1000, classifier_activation=None, **options
    )


def with_keras_layers(model: Any) -> Any:
    """Returns a copy with Keras' own layers in place of those that cvlabs makes faster."""
    import keras

    from cvlabs.layers import BatchNormalization, GroupedConv2D

    stock = {BatchNormalization: keras.layers.BatchNormalization, GroupedConv2D: keras.layers.Conv2D}

    def clone(layer: Any) -> Any:
        return stock.get(type(layer), type(layer)).from_config(layer.get_config())

    return keras.models.clone_model(model, clone_function=clone)


def _cvlabs(setting: Setting) -> Contender:
    return _keras_contender(keras_model, setting)


def _application(setting: Setting) -> Contender:
    return _keras_contender(application, setting)


def _with_keras_layers(setting: Setting) -> Contender:
    return _keras_contender(lambda s: with_keras_layers(keras_model(s)), setting)


def _folded(setting: Setting) -> Contender:
    from cvlabs import fold_batch_norm

    return _keras_contender(lambda s: fold_batch_norm(keras_model(s)), setting)


def _images(setting: Setting) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    shape = (setting.batch, setting.size, setting.size, 3)
    return rng.standard_normal(shape, dtype="float32"), rng.integers(0, 1000, setting.batch)


def _keras_contender(build: Callable[[Setting], Any], setting: Setting) -> Contender:
    import keras

    policy = setting.dtype if setting.dtype == "float32" else f"mixed_{setting.dtype}"
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        model = build(setting)
    finally:
        keras.config.set_dtype_policy(before)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.001, momentum=0.9), loss)
    x, y = (keras.ops.convert_to_tensor(array) for array in _images(setting))
    return Contender(partial(model.train_on_batch, x, y), partial(model.predict_on_batch, x))


def _torchvision(setting: Setting) -> Contender:
    import torch
    import torchvision

    name = TORCHVISION[setting.network]
    options = {"aux_logits": False, "init_weights": False} if name in ("googlenet", "inception_v3") else {}
    model = getattr(torchvision.models, name)(weights=None, **options).to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.001, momentum=0.9)
    images, labels = _images(setting)
    x = torch.from_numpy(images).permute(0, 3, 1, 2)  # of N×H×W×C, so channels last in memory
    y = torch.from_numpy(labels)
    mixed = torch.autocast("cpu", torch.bfloat16, enabled=setting.dtype == "bfloat16")

    def train() -> None:
        model.train()
        optimizer.zero_grad()
        with mixed:
            loss = torch.nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()

    def infer() -> Any:
        model.eval()
        with torch.inference_mode(), mixed:
            return model(x)

    return Contender(train, infer)
