"""Names of the networks with dense heads: torchvision's of AlexNet, pytorchcv's of AlexNet and ZFNet."""

_HEADS = {"head_fc6": 1, "head_fc7": 4, "head_logits": 6}


def torchvision(layer: str) -> str:
    """Takes AlexNet's `"conv2"` to `"features.3"`."""
    if layer in _HEADS:
        return f"classifier.{_HEADS[layer]}"
    return f"features.{(0, 3, 6, 8, 10)[int(layer.removeprefix('conv')) - 1]}"


def pytorchcv(layer: str) -> str:
    """Takes AlexNet's or ZFNet's `"conv4"` to `"features.stage3.unit2.conv"`."""
    if layer == "head_logits":
        return "output.fc3"
    if layer.startswith("head_fc"):
        return f"output.fc{int(layer[-1]) - 5}.fc"
    number = int(layer.removeprefix("conv"))
    return f"features.stage{min(number, 3)}.unit{max(1, number - 2)}.conv"
