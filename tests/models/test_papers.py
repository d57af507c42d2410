"""Networks that no package has, against a forward pass written here from the papers with plain `tf.nn`."""

from functools import partial

import numpy as np
import pytest
import tensorflow as tf

from cvlabs.checks.weights import fill
from cvlabs.models import MODELS
from cvlabs.models.densenet import cifar_stem
from cvlabs.models.densenet import densenet as densenet_builder
from cvlabs.models.googlenet import googlenet, googlenet_bn
from cvlabs.models.resnet import padded, resnet18, resnet34

RELATIVE = 1e-4
CLASSES = 7


class Weights:
    """A network's weights by layer, and operations on them that share no code with cvlabs."""

    def __init__(self, model):
        self.of = {
            layer.name: {v.name: tf.convert_to_tensor(v.numpy()) for v in layer.weights}
            for layer in model.layers
        }

    def conv(self, x, name, stride=1, pad=0, groups=1):
        weights = self.of[name]
        x = tf.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
        kernels = tf.split(weights["kernel"], groups, axis=3)
        parts = tf.split(x, groups, axis=3)
        convolved = [tf.nn.conv2d(p, k, stride, "VALID") for p, k in zip(parts, kernels, strict=True)]
        return tf.concat(convolved, axis=3) + weights.get("bias", 0.0)

    def norm(self, x, name, epsilon):
        w = self.of[name]
        return (x - w["moving_mean"]) / tf.sqrt(w["moving_variance"] + epsilon) * w["gamma"] + w["beta"]

    def dense(self, x, name):
        return x @ self.of[name]["kernel"] + self.of[name]["bias"]

    def dense_head(self, x):
        x = tf.reshape(x, (x.shape[0], -1))
        x = tf.nn.relu(self.dense(x, "head_fc6"))
        x = tf.nn.relu(self.dense(x, "head_fc7"))
        return self.dense(x, "head_logits")


def lrn(x):
    return tf.nn.local_response_normalization(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75)


def max_pool(x, size=3, stride=2, padding="VALID"):
    return tf.nn.max_pool2d(x, size, stride, padding)


def alexnet(w, x):
    """Section 3.5: the second, fourth and fifth layers see only the maps on their own GPU."""
    x = max_pool(lrn(tf.nn.relu(w.conv(x, "conv1", stride=4))))
    x = max_pool(lrn(tf.nn.relu(w.conv(x, "conv2", pad=2, groups=2))))
    x = tf.nn.relu(w.conv(x, "conv3", pad=1))
    x = tf.nn.relu(w.conv(x, "conv4", pad=1, groups=2))
    x = max_pool(tf.nn.relu(w.conv(x, "conv5", pad=1, groups=2)))
    return w.dense_head(x)


def vgg(w, x, depths, ones=(), normalize=False):
    for stage, depth in enumerate(depths, 1):
        for i in range(1, depth + 1):
            x = tf.nn.relu(w.conv(x, f"conv{stage}_{i}", pad=0 if (stage, i) in ones else 1))
            if normalize and (stage, i) == (1, 1):
                x = lrn(x)
        x = max_pool(x, 2)
    return w.dense_head(x)


def vgg16_c(w, x):
    """Table 1, column C: the third convolution of stages 3, 4 and 5 is 1×1."""
    return vgg(w, x, (2, 2, 3, 3, 3), ones={(3, 3), (4, 3), (5, 3)})


def vgg11_lrn(w, x):
    """Table 1, column A-LRN."""
    return vgg(w, x, (1, 1, 2, 2, 2), normalize=True)


def googlenet_paper(w, x, normalized=False):
    """Table 1, with 5×5 kernels, and both auxiliary classifiers."""

    def conv(x, name, size, stride=1):
        kernel = w.of[name]["kernel"]
        assert kernel.shape[:2] == (size, size)
        y = tf.nn.conv2d(x, kernel, stride, "SAME") + w.of[name].get("bias", 0.0)
        return tf.nn.relu(w.norm(y, f"{name}_bn", 1e-3) if normalized else y)

    def module(x, name):
        pooled = max_pool(x, 3, 1, "SAME")
        branches = [
            conv(x, f"{name}_1x1", 1),
            conv(conv(x, f"{name}_3x3_reduce", 1), f"{name}_3x3", 3),
            conv(conv(x, f"{name}_5x5_reduce", 1), f"{name}_5x5", 5),
            conv(pooled, f"{name}_pool_proj", 1),
        ]
        return tf.concat(branches, axis=3)

    def auxiliary(x, name):
        x = conv(tf.nn.avg_pool2d(x, 5, 3, "VALID"), f"{name}_conv", 1)
        x = tf.nn.relu(w.dense(tf.reshape(x, (x.shape[0], -1)), f"{name}_fc"))
        return w.dense(x, f"{name}_logits")

    between = (lambda x: x) if normalized else lrn
    x = between(max_pool(conv(x, "stem_conv1", 7, 2), padding="SAME"))
    x = between(conv(conv(x, "stem_conv2_reduce", 1), "stem_conv2", 3))
    x = max_pool(x, padding="SAME")
    heads = []
    for name in ("3a", "3b", "pool", "4a", "aux1", "4b", "4c", "4d", "aux2", "4e", "pool", "5a", "5b"):
        if name == "pool":
            x = max_pool(x, padding="SAME")
        elif name.startswith("aux"):
            heads.append(auxiliary(x, name))
        else:
            x = module(x, f"inception_{name}")
    return [w.dense(tf.reduce_mean(x, (1, 2)), "head_logits"), *heads]


def residual(w, x, depths, first_stage, shortcut, stem):
    """Table 1 and figure 5 (left), or section 4.2: two 3×3 convolutions per block."""
    x = tf.nn.relu(w.norm(w.conv(x, "stem_conv", **stem), "stem_bn", 1e-5))
    if stem["stride"] == 2:
        x = max_pool(tf.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0))))  # after ReLU zeros are as good as nothing
    for stage, depth in enumerate(depths, first_stage):
        for i in range(1, depth + 1):
            name, stride = f"stage{stage}_block{i}", 2 if stage > first_stage and i == 1 else 1
            y = tf.nn.relu(w.norm(w.conv(x, f"{name}_conv1", stride, 1), f"{name}_bn1", 1e-5))
            y = w.norm(w.conv(y, f"{name}_conv2", 1, 1), f"{name}_bn2", 1e-5)
            x = tf.nn.relu(y + shortcut(x, y, stride))
    return w.dense(tf.reduce_mean(x, (1, 2)), "head_logits")


def densenet(w, x, depths, stem):
    """Table 1 and section 3: H_l is BN-ReLU-1×1-BN-ReLU-3×3, and reads all feature maps before it."""

    def normalized(x, name):
        return tf.nn.relu(w.norm(x, name, 1e-5))

    x = w.conv(x, "stem_conv", **stem)
    if stem["stride"] == 2:
        x = max_pool(tf.pad(normalized(x, "stem_bn"), ((0, 0), (1, 1), (1, 1), (0, 0))))
    for block, depth in enumerate(depths, 1):
        maps = [x]
        for i in range(1, depth + 1):
            name = f"block{block}_layer{i}"
            y = w.conv(normalized(tf.concat(maps, axis=3), f"{name}_bn1"), f"{name}_conv1")
            maps.append(w.conv(normalized(y, f"{name}_bn2"), f"{name}_conv2", pad=1))
        x = tf.concat(maps, axis=3)
        if block < len(depths):
            name = f"transition{block}"
            x = tf.nn.avg_pool2d(w.conv(normalized(x, f"{name}_bn"), f"{name}_conv"), 2, 2, "VALID")
    return w.dense(tf.reduce_mean(normalized(x, "final_bn"), (1, 2)), "head_logits")


def option_a(x, y, stride):
    """Section 3.3 (A): identity, with extra zero entries padded for increasing dimensions."""
    kept = x.numpy()[:, ::stride, ::stride]
    out = np.zeros(y.shape, "float32")
    out[..., : kept.shape[-1]] = kept
    return out


def nothing(x, y, stride):
    return 0.0


IMAGENET = {"first_stage": 2, "stem": {"stride": 2, "pad": 3}}
CIFAR = {"first_stage": 1, "stem": {"stride": 1, "pad": 1}}
LARGE, SMALL = ((64, 96), (75, 75)), ((32, 32), (19, 30))
DEPTHS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3)}
WITH_HEADS = {"auxiliary_heads": True}


def residual_cases():
    for depth, builder in ((18, resnet18), (34, resnet34)):
        forward = partial(residual, depths=DEPTHS[depth], **IMAGENET)
        yield f"plain{depth}", (MODELS[f"plain{depth}"], partial(forward, shortcut=nothing), LARGE)
        with_zeros = partial(builder, shortcut=padded)
        yield f"resnet{depth}, option A", (with_zeros, partial(forward, shortcut=option_a), LARGE)
    for n in (3, 5, 7, 9, 18):
        forward = partial(residual, depths=(n, n, n), **CIFAR)
        for kind, shortcut in (("resnet", option_a), ("plain", nothing)):
            name = f"{kind}{6 * n + 2}_cifar"
            yield name, (MODELS[name], partial(forward, shortcut=shortcut), SMALL)


# Our builder, the forward pass, input sizes.
CASES = {
    "alexnet": (MODELS["alexnet"], alexnet, ((99, 67), (131, 99))),
    "vgg16_c": (MODELS["vgg16_c"], vgg16_c, ((32, 64), (64, 32))),
    "vgg11_lrn": (MODELS["vgg11_lrn"], vgg11_lrn, ((32, 64), (64, 32))),
    "googlenet": (partial(googlenet, **WITH_HEADS), googlenet_paper, ((96, 128), (107, 107))),
    "googlenet_bn": (
        partial(googlenet_bn, **WITH_HEADS),
        partial(googlenet_paper, normalized=True),
        ((96, 128), (107, 107)),
    ),
    "densenet, few layers": (
        partial(densenet_builder, depths=(2, 3, 2, 1), growth=8),
        partial(densenet, depths=(2, 3, 2, 1), stem=IMAGENET["stem"]),
        LARGE,
    ),
    "densenet_bc_cifar, few layers": (
        partial(densenet_builder, depths=(2, 3, 2), growth=8, stem=cifar_stem),
        partial(densenet, depths=(2, 3, 2), stem=CIFAR["stem"]),
        SMALL,
    ),
    "densenet264": (
        MODELS["densenet264"],
        partial(densenet, depths=(6, 12, 64, 48), stem=IMAGENET["stem"]),
        ((32, 64),),
    ),
    **dict(residual_cases()),
}


SLOW = {"densenet264"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in CASES]
)
def test_equals_the_paper(name):
    build, forward, sizes = CASES[name]
    for size in sizes:
        model = build(input_shape=(*size, 3), classes=CLASSES)
        fill(model, 2)
        x = 8 * np.random.default_rng(5).standard_normal((2, *size, 3), dtype="float32")  # LRN wants size
        got, expected = model(x, training=False), forward(Weights(model), tf.constant(x))
        expected = expected if isinstance(expected, list) else [expected]
        got = got if isinstance(got, list) else [got]
        for one, other in zip(got, expected, strict=True):
            one, other = np.asarray(one), np.asarray(other)
            assert np.abs(other[0] - other[1]).max() > 1e-3 * np.abs(other).max()  # the input matters
            off = np.abs(one - other).max() / np.abs(other).max()
            assert off <= RELATIVE, f"off by {off:.2g} at {size}"
