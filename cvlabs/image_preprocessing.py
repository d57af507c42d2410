"""Images as a network's published weights want them."""

from dataclasses import dataclass

import keras
from keras import layers

from cvlabs.facts import model_info
from cvlabs.layers.channels_last import channels_last
from cvlabs.layers.pixels import Pixels
from cvlabs.whole_number import whole_number

IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
HALVES = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))


@dataclass(frozen=True)
class Recipe:
    """How images are prepared.

    Args:
        crop: The side of the centre crop as a part of the resized shorter side.
        interpolation: `"bilinear"` or `"bicubic"`.
        statistics: Mean and standard deviation of each channel, of values between 0 and 1.
        size: Side of the crop in pixels; the network's input size if left out.
    """

    crop: float = 0.875
    interpolation: str = "bilinear"
    statistics: tuple[tuple[float, ...], tuple[float, ...]] = IMAGENET
    size: int | None = None


BICUBIC = Recipe(interpolation="bicubic")
INCEPTION = Recipe(interpolation="bicubic", statistics=HALVES)
RECIPES: dict[str, Recipe] = {  # as the weights' cards on the hub say; all others are torchvision's standard
    "resnet50_v2": Recipe(0.95, "bicubic", HALVES),
    "resnet101_v2": Recipe(0.95, "bicubic", HALVES),
    "resnext101_32x4d": BICUBIC,
    "densenet121": BICUBIC,
    "densenet161": BICUBIC,
    "densenet169": BICUBIC,
    "densenet201": BICUBIC,
    "inception_v3": INCEPTION,
    "inception_v4": INCEPTION,
    "inception_resnet_v2": Recipe(0.8975, "bicubic", HALVES),
    "xception": Recipe(0.8975, "bicubic", HALVES),
    "nasnet_large": Recipe(0.911, "bicubic", HALVES),
    "mobilenet": INCEPTION,
    "mobilenet_v2": BICUBIC,
    "mobilenet_v3_large": BICUBIC,
    "mobilenet_v3_small": BICUBIC,
    "mnasnet_a1": BICUBIC,
    "mnasnet_b1": BICUBIC,
    "efficientnet_b0": BICUBIC,
    "efficientnet_b1": BICUBIC,
    "efficientnet_b2": Recipe(0.875, "bicubic", IMAGENET, 256),
    "efficientnet_b3": Recipe(0.875, "bicubic", IMAGENET, 288),
    "efficientnet_b4": Recipe(0.875, "bicubic", IMAGENET, 320),
}


@channels_last()
def preprocessing(name: str, size: int | None = None) -> keras.layers.Pipeline:
    """Returns what turns photographs into a network's input: resize, centre crop, scale, normalize.

    Args:
        name: One of `cvlabs.list_models()`.
        size: Height and width of the result in pixels; that of the published weights if left out.

    Returns:
        A Keras layer, for images N×H×W×3 or H×W×3 with values from 0 to 255, of any size; grey ones N×H×W×1
        come out in three equal colors. It works on arrays and on an image of Pillow, in a model, and in
        `tf.data.Dataset.map`.

    Raises:
        ValueError: An unknown name, or a size that is no whole number of at least 1; later, images without
            colors last, or with four of them.

    Example:
        >>> import numpy as np
        >>> preprocessing("resnet18")(np.zeros((1, 300, 400, 3), "uint8")).shape
        TensorShape([1, 224, 224, 3])
    """
    info = model_info(name)
    if size is not None:
        size = whole_number("size", size)
    recipe = RECIPES.get(name, Recipe())
    side = int(size or recipe.size or info.input_size)
    resized = int(side / recipe.crop)
    mean, deviation = recipe.statistics
    floats = {"dtype": "float32"}  # whatever the precision of the network: half of it rounds to grey values
    prepare = layers.Pipeline(
        [
            Pixels(1.0, **floats),  # whole numbers would be rounded after resizing
            # Cutting out the centre square first is resizing the shorter side and cutting
            # then, up to a pixel.
            layers.Resizing(
                resized, resized, recipe.interpolation, crop_to_aspect_ratio=True, antialias=True, **floats
            ),
            layers.CenterCrop(side, side, **floats),
            layers.Rescaling(  # 1×1×3: plain lists Keras would turn with its setting of the channels
                [[[1 / (255 * d) for d in deviation]]],
                [[[-m / d for m, d in zip(mean, deviation, strict=True)]]],
                **floats,
            ),
        ]
    )
    prepare.dtype_policy = "float32"  # which its constructor does not take
    return prepare
