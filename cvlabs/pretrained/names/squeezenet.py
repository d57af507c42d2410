"""torchvision's names of SqueezeNet."""

from collections.abc import Callable, Sequence

_PARTS = {"squeeze": "squeeze", "1x1": "expand1x1", "3x3": "expand3x3"}


def torchvision(modules: Sequence[object]) -> Callable[[str], str]:
    """Returns the naming of a SqueezeNet: `"fire2_1x1"` is `"features.3.expand1x1"`.

    Args:
        modules: Fire modules, and `None` for poolings.
    """
    fires = [at for at, module in enumerate(modules) if module is not None]

    def naming(layer: str) -> str:
        if layer == "stem_conv":
            return "features.0"
        if layer == "head_conv":
            return "classifier.1"
        fire, part = layer.removeprefix("fire").split("_")
        return f"features.{fires[int(fire) - 2] + 2}.{_PARTS[part]}"

    return naming
