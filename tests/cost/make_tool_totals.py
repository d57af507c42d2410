"""Makes `tool_totals.json`: what fvcore and torchinfo count for torchvision's networks, what autograd keeps.

    python tests/cost/make_tool_totals.py

It runs in an environment of its own, with torch, torchvision, fvcore and torchinfo; the tests need none of
them. Everything is for one image at the networks' own size. `kept_bytes` are the tensors that autograd saves
in a forward pass in training mode, each memory once, parameters and buffers left out.
"""

import json
import logging
from importlib.metadata import version
from pathlib import Path

import torch
import torchinfo
import torchvision.models as tv
from fvcore.nn import ActivationCountAnalysis, FlopCountAnalysis

# Our name: torchvision's, and the size of its images.
NETWORKS = {
    "alexnet_owt": ("alexnet", 224),
    "vgg16": ("vgg16", 224),
    "vgg16_bn": ("vgg16_bn", 224),
    "resnet18": ("resnet18", 224),
    "resnet50_v15": ("resnet50", 224),
    "resnet152_v15": ("resnet152", 224),
    "resnext50_32x4d": ("resnext50_32x4d", 224),
    "wide_resnet50_2": ("wide_resnet50_2", 224),
    "densenet121": ("densenet121", 224),
    "googlenet_tv": ("googlenet", 224),
    "inception_v3": ("inception_v3", 299),
    "squeezenet1_1": ("squeezenet1_1", 224),
    "mobilenet_v2": ("mobilenet_v2", 224),
    "mobilenet_v3_large": ("mobilenet_v3_large", 224),
    "mnasnet_b1": ("mnasnet1_0", 224),
    "shufflenet_v2_x1_0": ("shufflenet_v2_x1_0", 224),
    "efficientnet_b0": ("efficientnet_b0", 224),
}
TOOLS = ("torch", "torchvision", "fvcore", "torchinfo")


def build(name):
    """A torchvision network, without auxiliary heads."""
    options = {"weights": None}
    if name in ("googlenet", "inception_v3"):
        options |= {"aux_logits": False, "init_weights": False}
    return getattr(tv, name)(**options)


def kept_bytes(model, image):
    """Memory that autograd holds after a forward pass, without the model's own."""
    own = {tensor.untyped_storage().data_ptr() for tensor in (*model.parameters(), *model.buffers())}
    kept = {}

    def keep(tensor):
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in own:
            kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        outputs = model.train()(image)
    del outputs
    return sum(kept.values())


def totals(name, size):
    """What the tools say."""
    model, image = build(name).eval(), torch.zeros(1, 3, size, size)
    summary = torchinfo.summary(model, input_size=(1, 3, size, size), verbose=0)
    return {
        "fvcore": int(FlopCountAnalysis(model, image).total()),
        "fvcore_activation_bytes": 4 * int(ActivationCountAnalysis(model, image).total()),
        "torchinfo": int(summary.total_mult_adds),
        "torchinfo_activation_bytes": int(summary.total_output_bytes),
        "params": int(summary.total_params),
        "kept_bytes": kept_bytes(model, torch.zeros(2, 3, size, size)) // 2,
    }


def main():
    """Writes the file."""
    logging.getLogger("fvcore").setLevel(logging.ERROR)
    made = {
        "made_with": {tool: version(tool) for tool in TOOLS},
        "networks": {ours: totals(theirs, size) for ours, (theirs, size) in NETWORKS.items()},
    }
    path = Path(__file__).with_name("tool_totals.json")
    path.write_text(json.dumps(made, indent=1) + "\n")


if __name__ == "__main__":
    main()
