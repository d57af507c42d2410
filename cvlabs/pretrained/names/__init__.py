"""How torchvision, timm and pytorchcv name the layers of each network.

A naming is a function from a layer's name to the prefix of its tensors: `"stage2_block1_conv1"` to
`"layer1.0.conv1"`, to which `.weight`, `.bias`, `.running_mean` and `.running_var` are added.
"""

from collections.abc import Callable

from cvlabs.pretrained.names import googlenet

Naming = Callable[[str], str]

NAMES: dict[str, dict[str, Naming]] = {
    "googlenet_tv": {"torchvision": googlenet.torchvision},
}
"""The namings of each network by their source, the one that `save_weights` writes first."""
