"""Names of VGG: torchvision's, and timm's, which differ in the head."""

from collections.abc import Callable, Sequence


def torchvision(stages: Sequence[Sequence[int]], layers_per_conv: int) -> Callable[[str], str]:
    """Returns torchvision's naming of a VGG: `"conv2_1"` is `"features.5"` in VGG-16.

    Args:
        stages: The convolutions of each stage.
        layers_per_conv: 2 for convolution and ReLU; 3 with BatchNormalization between.
    """
    heads = {"head_fc6": "classifier.0", "head_fc7": "classifier.3", "head_logits": "classifier.6"}
    return _naming(stages, layers_per_conv, heads)


def timm(stages: Sequence[Sequence[int]], layers_per_conv: int) -> Callable[[str], str]:
    """Returns timm's naming, for the same arguments."""
    heads = {"head_fc6": "pre_logits.fc1", "head_fc7": "pre_logits.fc2", "head_logits": "head.fc"}
    return _naming(stages, layers_per_conv, heads)


def _naming(
    stages: Sequence[Sequence[int]], layers_per_conv: int, heads: dict[str, str]
) -> Callable[[str], str]:
    def naming(layer: str) -> str:
        if layer in heads:
            return heads[layer]
        stage, number = (int(n) for n in layer.removeprefix("conv").removesuffix("_bn").split("_"))
        before = sum(len(kernels) * layers_per_conv + 1 for kernels in stages[: stage - 1])  # and a pooling
        at = before + (number - 1) * layers_per_conv + layer.endswith("_bn")
        return f"features.{at}"

    return naming
