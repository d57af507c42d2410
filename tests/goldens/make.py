"""Makes golden files: what reference implementations answer, for weights that anyone can regenerate.

    python tests/goldens/make.py [NAME ...]

It runs in an environment of its own: torch, torchvision, timm, pytorchcv and NumPy. Made with timm 1.0.31,
pytorchcv 0.0.74, and torch 1.13 with torchvision 0.14.1 (Debian's python3-torchvision) or 2.14.1 with 0.29.1,
which gave the same bytes where both were tried. The tests need none of them: a file holds the reference's
parameter names and shapes, the sizes of its inputs, and its answers.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import timm
import torch
import torchvision.models as tv
from pytorchcv.model_provider import get_model
from values import image, tensor

HERE = Path(__file__).parent
CLASSES = 10
FLATTENED = ("alexnet_owt", "vgg", "zfnet", "alexnet_one_tower")


def torchvision(name, **options):
    """A torchvision model."""
    options = {"num_classes": CLASSES, "weights": None} | options
    return lambda: getattr(tv, name)(**options)


def timm_model(name, **options):
    """A timm model."""
    return lambda: timm.create_model(name, num_classes=CLASSES, **options)


def pytorchcv(name, **options):
    """A pytorchcv model."""
    return lambda: get_model(name, **({"num_classes": CLASSES} | options))


HEADS = {"init_weights": False, "aux_logits": True}
# Our name: reference, two input sizes (height, width), and the gain of its kernels where 2 is too much.
REFERENCES = {
    "alexnet_owt": (torchvision("alexnet"), [(224, 224), (96, 128)]),
    "alexnet_one_tower": (pytorchcv("alexnet"), [(227, 227), (99, 131)]),
    "zfnet": (pytorchcv("zfnet"), [(224, 224), (96, 131)]),
    "zfnet_wide": (pytorchcv("zfnetb"), [(224, 224), (96, 131)]),
    "vgg11": (torchvision("vgg11"), [(64, 96), (96, 64)]),
    "vgg13": (torchvision("vgg13"), [(64, 96), (96, 64)]),
    "vgg16": (torchvision("vgg16"), [(64, 96), (96, 64)]),
    "vgg19": (torchvision("vgg19"), [(64, 96), (96, 64)]),
    "vgg11_bn": (torchvision("vgg11_bn"), [(64, 96), (96, 64)]),
    "vgg13_bn": (torchvision("vgg13_bn"), [(64, 96), (96, 64)]),
    "vgg16_bn": (torchvision("vgg16_bn"), [(64, 96), (96, 64)]),
    "vgg19_bn": (torchvision("vgg19_bn"), [(64, 96), (96, 64)]),
    "googlenet_tv": (torchvision("googlenet", **HEADS), [(96, 128), (75, 75)]),
    "bn_inception": (pytorchcv("bninception"), [(96, 128), (224, 224)]),
    "resnet18": (torchvision("resnet18"), [(64, 96), (75, 75)]),
    "resnet34": (torchvision("resnet34"), [(64, 96), (75, 75)]),
    "resnet50": (pytorchcv("resnet50"), [(64, 96), (75, 75)]),
    "resnet101": (pytorchcv("resnet101"), [(64, 96), (75, 75)]),
    "resnet152": (pytorchcv("resnet152"), [(64, 96), (75, 75)]),
    "resnet50_v15": (torchvision("resnet50"), [(64, 96), (75, 75)]),
    "resnet101_v15": (torchvision("resnet101"), [(64, 96), (75, 75)]),
    "resnet152_v15": (torchvision("resnet152"), [(64, 96), (75, 75)]),
    "resnet50_v2": (timm_model("resnetv2_50"), [(64, 96), (75, 75)]),
    "resnet101_v2": (timm_model("resnetv2_101"), [(64, 96), (75, 75)]),
    "resnet152_v2": (timm_model("resnetv2_152"), [(64, 96), (75, 75)]),
    "resnet200_v2": (pytorchcv("preresnet200b"), [(224, 224), (75, 75)]),
    "wide_resnet50_2": (torchvision("wide_resnet50_2"), [(64, 96), (75, 75)]),
    "wide_resnet101_2": (torchvision("wide_resnet101_2"), [(64, 96), (75, 75)]),
    "wrn28_10_cifar": (pytorchcv("wrn28_10_cifar10"), [(32, 32), (24, 37)]),
    "resnext50_32x4d": (torchvision("resnext50_32x4d"), [(64, 96), (75, 75)]),
    "resnext101_32x4d": (timm_model("resnext101_32x4d"), [(64, 96), (75, 75)]),
    "resnext101_64x4d": (torchvision("resnext101_64x4d"), [(64, 96), (75, 75)]),
    "resnext101_32x8d": (torchvision("resnext101_32x8d"), [(64, 96), (75, 75)]),
    "se_resnet50": (timm_model("legacy_seresnet50"), [(64, 96), (75, 75)], 1.0),
    "se_resnet101": (timm_model("legacy_seresnet101"), [(64, 96), (75, 75)], 1.0),
    "se_resnet152": (timm_model("legacy_seresnet152"), [(64, 96), (75, 75)], 1.0),
    "se_resnext50_32x4d": (timm_model("legacy_seresnext50_32x4d"), [(64, 96), (75, 75)], 1.0),
    "se_resnext101_32x4d": (timm_model("legacy_seresnext101_32x4d"), [(64, 96), (75, 75)], 1.0),
    "senet154": (timm_model("legacy_senet154"), [(64, 96), (75, 75)], 1.0),
    "densenet121": (torchvision("densenet121"), [(64, 96), (75, 75)]),
    "densenet161": (torchvision("densenet161"), [(64, 96), (75, 75)]),
    "densenet169": (torchvision("densenet169"), [(64, 96), (75, 75)]),
    "densenet201": (torchvision("densenet201"), [(64, 96), (75, 75)]),
    "densenet_bc_cifar": (pytorchcv("densenet100_k12_bc_cifar10"), [(32, 32), (24, 36)]),
    "mobilenet": (timm_model("mobilenetv1_100"), [(64, 96), (75, 75)]),
    "mobilenet_v2": (torchvision("mobilenet_v2"), [(64, 96), (75, 75)]),
    "mobilenet_v3_large": (torchvision("mobilenet_v3_large"), [(64, 96), (75, 75)], 1.4),
    "mobilenet_v3_small": (torchvision("mobilenet_v3_small"), [(64, 96), (75, 75)]),
    "shufflenet_g1": (pytorchcv("shufflenet_g1_w1"), [(64, 96), (224, 224)]),
    "shufflenet_g2": (pytorchcv("shufflenet_g2_w1"), [(64, 96), (224, 224)]),
    "shufflenet_g3": (pytorchcv("shufflenet_g3_w1"), [(64, 96), (224, 224)]),
    "shufflenet_g4": (pytorchcv("shufflenet_g4_w1"), [(64, 96), (224, 224)]),
    "shufflenet_g8": (pytorchcv("shufflenet_g8_w1"), [(64, 96), (224, 224)]),
    "shufflenet_v2_x0_5": (torchvision("shufflenet_v2_x0_5"), [(64, 96), (75, 75)]),
    "shufflenet_v2_x1_0": (torchvision("shufflenet_v2_x1_0"), [(64, 96), (75, 75)]),
    "shufflenet_v2_x1_5": (torchvision("shufflenet_v2_x1_5"), [(64, 96), (75, 75)]),
    "shufflenet_v2_x2_0": (torchvision("shufflenet_v2_x2_0"), [(64, 96), (75, 75)]),
    "squeezenet1_0": (torchvision("squeezenet1_0"), [(64, 96), (75, 75)]),
    "squeezenet1_1": (torchvision("squeezenet1_1"), [(64, 96), (75, 75)]),
    "xception": (timm_model("legacy_xception"), [(96, 128), (75, 75)]),
    "inception_v3": (torchvision("inception_v3", **HEADS), [(299, 299), (299, 331)]),
    "inception_v4": (timm_model("inception_v4"), [(96, 128), (107, 107)]),
    "inception_resnet_v2": (timm_model("inception_resnet_v2"), [(96, 128), (107, 107)]),
    "nasnet_large": (timm_model("nasnetalarge"), [(96, 128), (107, 107)]),
    "mnasnet_b1": (torchvision("mnasnet1_0"), [(64, 96), (75, 75)]),
    "vgg16.timm": (timm_model("vgg16"), [(224, 224)]),
    "densenet121.timm": (timm_model("densenet121"), [(64, 96)]),
    "inception_v3.timm": (timm_model("inception_v3"), [(96, 128)]),
    "mobilenet_v2.timm": (timm_model("mobilenetv2_100"), [(64, 96)]),
    "mobilenet_v3_large.timm": (timm_model("mobilenetv3_large_100", bn_eps=1e-3), [(64, 96)], 1.4),
    "mnasnet_b1.timm": (timm_model("mnasnet_100"), [(64, 96)]),
    "efficientnet_b0.timm": (timm_model("efficientnet_b0"), [(64, 96)]),
    "mnasnet_a1": (timm_model("semnasnet_100"), [(64, 96), (75, 75)]),
} | {
    f"efficientnet_b{i}": (torchvision(f"efficientnet_b{i}"), [(64, 96), (75, 75)], gain)
    for i, gain in enumerate((2.0, 1.8, 1.8, 1.7, 1.7, 1.6, 1.6, 1.6))
}  # fmt: skip


def make(name):
    """Writes one golden file."""
    reference, sizes, *gain = REFERENCES[name]
    gain = gain[0] if gain else 2.0
    answers = []
    for seed, size in enumerate(sizes):
        model = reference()
        if name.startswith(FLATTENED) and "." not in name:
            flatten(model, size)
        if hasattr(model, "features") and hasattr(model.features, "final_pool"):
            model.features.final_pool = torch.nn.AdaptiveAvgPool2d(1)  # pytorchcv's fits one size only
        state = {k: v for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}
        for k, v in state.items():
            v.copy_(torch.from_numpy(tensor(k, tuple(v.shape), gain)))
        shapes = {k: list(v.shape) for k, v in state.items()}
        x = torch.from_numpy(image((2, *size, 3), seed).transpose(0, 3, 1, 2).copy())
        outputs = answer(model.double(), x.double())
        answers.append({"size": size, "seed": seed, "shapes": shapes, "outputs": outputs})
    first = answers[0]["shapes"]
    for one in answers:  # only what another input size changes is said again
        one["shapes"] = {k: s for k, s in one["shapes"].items() if first[k] != s}
    golden = {"name": name, "gain": gain, "classes": CLASSES, "shapes": first, "answers": answers}
    text = json.dumps(golden, separators=(",", ":")).encode()
    (HERE / f"{name}.json.gz").write_bytes(gzip.compress(text, 9, mtime=0))
    spread = [float(np.std(o)) for one in answers for o in one["outputs"]]
    print(
        f"{name}: {len(first)} tensors, outputs of standard deviation {', '.join(f'{s:.3g}' for s in spread)}"
    )


def flatten(model, size):
    """Lets the classifier read the map as it is, whatever its size; torchvision pools it first."""
    with torch.no_grad():
        channels, h, w = model.eval().features(torch.zeros(1, 3, *size)).shape[1:]
    if hasattr(model, "avgpool"):
        model.avgpool = torch.nn.Identity()
    path, first = next(item for item in model.named_modules() if isinstance(item[1], torch.nn.Linear))
    parent, _, leaf = path.rpartition(".")
    setattr(model.get_submodule(parent), leaf, torch.nn.Linear(channels * h * w, first.out_features))


def answer(model, x):
    """Returns the logits, then those of auxiliary heads in the order of the network, as lists."""
    model.eval()
    main = model(x)
    outputs = [main]
    if getattr(model, "aux_logits", False):
        outputs += auxiliary(model, x)
    return [[[float(f"{v:.8g}") for v in row] for row in o.detach().numpy()] for o in outputs]


def auxiliary(model, x):
    """The auxiliary heads run only in training; here they answer with the statistics of evaluation."""
    seen, hooks = [], []
    after = (
        {"inception4a": "aux1", "inception4d": "aux2"}
        if hasattr(model, "aux1")
        else {"Mixed_6e": "AuxLogits"}
    )
    for source, head in after.items():
        hook = lambda _, __, y, head=head: seen.append(getattr(model, head)(y))  # noqa: E731
        hooks.append(getattr(model, source).register_forward_hook(hook))
    model(x)
    for hook in hooks:
        hook.remove()
    return seen


if __name__ == "__main__":
    torch.manual_seed(0)
    with torch.no_grad():
        for chosen in sys.argv[1:] or REFERENCES:
            make(chosen)
