"""The named recipes, and which of them fits a network."""

from typing import Any

import keras
from keras import layers

from cvlabs.train.losses import binary_cross_entropy
from cvlabs.train.recipe import Recipe, square_root
from cvlabs.train.schedule import Cosine, Linear, Steps
from cvlabs.train.weight_decay import LayerwiseAdaptive, Momentum

_SMALL = 64  # up to this many pixels images are CIFAR's sort

_ALL = (
    Recipe(
        name="alexnet2012",
        source="Krizhevsky et al., NeurIPS 2012, section 5. The learning rate was lowered by hand, three "
        "times; here at equal distances. Weight decay spares biases, and kernels start as the builder "
        "draws them.",
        epochs=90,
        batch_size=128,
        learning_rate=0.01,
        schedule=Steps((0.25, 0.5, 0.75)),
        optimizer=Momentum(0.9),
        weight_decay=5e-4,
        augment=("inception_crop", "pca_color"),
    ),
    Recipe(
        name="vgg2014",
        source="Simonyan and Zisserman, ICLR 2015, section 3.1: 370k iterations at batch 256, and the "
        "learning rate lowered three times as validation stalled; here at equal distances.",
        epochs=74,
        batch_size=256,
        learning_rate=0.01,
        schedule=Steps((0.25, 0.5, 0.75)),
        optimizer=Momentum(0.9),
        weight_decay=5e-4,
        augment=("inception_crop", "pca_color"),
    ),
    Recipe(
        name="resnet2015_cifar",
        source="He et al., CVPR 2016, section 4.2: 64k iterations at batch 128, a tenth at 32k and 48k. "
        "ResNet-110 had 0.01 for its first 400 iterations: warmup_epochs=1 is like it.",
        epochs=164,
        batch_size=128,
        learning_rate=0.1,
        schedule=Steps((0.5, 0.75)),
        optimizer=Momentum(0.9),
        weight_decay=1e-4,
        augment=("pad_crop_flip",),
    ),
    Recipe(
        name="resnet2015_imagenet",
        source="He et al., CVPR 2016, section 3.4: 600k iterations at batch 256, a tenth as the error "
        "stalls; here every 30 epochs. For batches above 256, warmup_epochs=5 and zero_init_residual=True "
        "(Goyal et al. 2017).",
        epochs=120,
        batch_size=256,
        learning_rate=0.1,
        schedule=Steps((0.25, 0.5, 0.75)),
        optimizer=Momentum(0.9),
        weight_decay=1e-4,
        augment=("inception_crop", "color_jitter"),
    ),
    Recipe(
        name="wrn2016_cifar",
        source="Zagoruyko and Komodakis, BMVC 2016, section 3: a fifth at epochs 60, 120 and 160.",
        epochs=200,
        batch_size=128,
        learning_rate=0.1,
        schedule=Steps((0.3, 0.6, 0.8), factor=0.2),
        optimizer=Momentum(0.9, nesterov=True),
        weight_decay=5e-4,
        augment=("pad_crop_flip",),
    ),
    Recipe(
        name="strikes_back_a3",
        source='Wightman et al., "ResNet strikes back", 2021, table 2, procedure A3: trained at 160 pixels, '
        "tested at 224. The learning rate goes with the root of the batch, as in LAMB's paper.",
        epochs=100,
        batch_size=2048,
        learning_rate=8e-3,
        scaling=square_root,
        schedule=Cosine(),
        warmup_epochs=5,
        optimizer=LayerwiseAdaptive(),
        weight_decay=0.02,
        loss=binary_cross_entropy,
        zero_init_residual=True,
        augment=("inception_crop", "rand_augment", "mixup_or_cutmix"),
        augment_settings={"rand_augment": {"magnitude": 6}, "mixup_or_cutmix": {"mixup_alpha": 0.1}},
        image_size=160,
    ),
    Recipe(
        name="fast_cifar",
        source='Page, "How to Train Your ResNet", 2018: 24 epochs at batch 512, up to 0.4 in 5 epochs and '
        "down to 0 in a line (part 1), label smoothing 0.2 (part 8).",
        epochs=24,
        batch_size=512,
        learning_rate=0.4,
        schedule=Linear(),
        warmup_epochs=5,
        optimizer=Momentum(0.9, nesterov=True),
        weight_decay=5e-4,
        label_smoothing=0.2,
        augment=("pad_crop_flip",),
    ),
    Recipe(
        name="finetune",
        source='Kornblith et al., "Do Better ImageNet Models Transfer Better?", CVPR 2019, appendix A.5: SGD '
        "with Nesterov momentum and a cosine, at the middle of the learning rates searched there.",
        epochs=20,
        batch_size=256,
        learning_rate=0.01,
        schedule=Cosine(),
        warmup_epochs=1,
        optimizer=Momentum(0.9, nesterov=True),
        weight_decay=1e-4,
        augment=("inception_crop",),
    ),
)
RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in _ALL}


def recipe_of(recipe: str | Recipe, model: keras.Model) -> tuple[Recipe, str]:
    """Returns a recipe by name, or that fits a network, and why it was chosen.

    Raises:
        ValueError: An unknown name.
    """
    if isinstance(recipe, Recipe):
        return recipe, "as given"
    if recipe in RECIPES:
        return RECIPES[recipe], "as given"
    if recipe != "auto":
        raise ValueError(f"recipe must be a Recipe, 'auto', or one of {', '.join(RECIPES)}; got {recipe!r}.")
    name, why = _fitting(model)
    return RECIPES[name], f"chosen because {why}"


def is_trained(model: keras.Model) -> bool:
    """Whether a network's weights come from a training: its running statistics or biases are not initial."""
    return any(_moved(layer) for layer in model._flatten_layers(include_self=False))


def _fitting(model: keras.Model) -> tuple[str, str]:
    if is_trained(model):
        return "finetune", "the network has been trained before"
    size = model.inputs[0].shape[1]
    normalizes = any(isinstance(x, layers.BatchNormalization) for x in model._flatten_layers())
    if not normalizes:
        name = "vgg2014" if model.name.startswith("vgg") else "alexnet2012"
        return name, "the network has no batch normalization, which higher learning rates need"
    if size is not None and size <= _SMALL:
        if model.name.startswith("wrn"):
            return "wrn2016_cifar", f"it is a wide ResNet for images of {size}×{size}"
        return "fast_cifar", f"images are {size}×{size} and the network has batch normalization"
    return "resnet2015_imagenet", f"images are {size}×{size} and the network has batch normalization"


def _moved(layer: Any) -> bool:
    if isinstance(layer, layers.BatchNormalization):
        mean, variance = (keras.ops.convert_to_numpy(v) for v in (layer.moving_mean, layer.moving_variance))
        return bool((mean != 0).any() or (variance != 1).any())
    if isinstance(layer, (layers.Conv2D, layers.Dense)) and getattr(layer, "bias", None) is not None:
        zero = isinstance(getattr(layer, "bias_initializer", None), keras.initializers.Zeros)
        return zero and bool((keras.ops.convert_to_numpy(layer.bias) != 0).any())
    return False
