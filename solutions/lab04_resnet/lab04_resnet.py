# %% [markdown]
# # Lab 4: ResNet, or how to be very deep
#
# 2015 was a very important year for deep networks. **Batch normalization** appeared, the depth of the
# winners grew from 22 layers to 152, and the top-5 error of the ImageNet challenge fell to almost half:
# from GoogLeNet's 6.67 % to 3.57 %. (The **top-5 error** is the percentage of images whose right class is
# not among the five classes with the highest scores.)
#
# More layers were not a new idea. Many people had tried them, and they had made networks *worse*. This lab
# shows why, with networks that you build and train here, and how a plus sign solves the problem:
#
# 1. **batch normalization**
# 2. **deeper is worse**: an experiment, two minutes long
# 3. the **residual block**, and the experiment again
# 4. what it does to **gradients**
# 5. what a block costs, and the **bottleneck**
# 6. the **whole network**: ResNet-18, 34, 50, 101 and 152 from one function
#
# ### How to work
#
# - Run the cells from top to bottom, each with *Shift + Enter*. When you open the notebook another day, its
#   kernel is new and knows none of your functions: select the cell where you want to go on, and choose
#   *Run → Run All Above Selected Cell*.
# - Replace the line `raise NotImplementedError()` with your code. No exercise needs more than 15 lines.
# - The cell below an exercise checks it and shows which ideas are right and which are not. Run it as often
#   as you like.
# - Grading runs the same checks **on other sizes and numbers**, so an answer that fits only the examples
#   gets no points. The experiments are not run while grading.
# - Write your code in any way you like: the functional API, `keras.ops`, your own `Layer`, `Sequential`. Only
#   what your function computes counts, not how it is written or in what order. But each convolution and each
#   dense layer of a table is a layer of its own, with a kernel of the usual Keras shape. (The check does not
#   recognise a layer that is split into two halves, or several layers joined into one.)
# - Later exercises use your earlier functions. When several checks fail, correct the first one first.
# - The last cell adds up your points. Before you hand in the notebook, press *Validate*, the button above it.
#   It saves the notebook, runs all cells in a new kernel, which may take minutes, and lists the checks that
#   fail and the questions without an answer. (*Kernel → Restart Kernel and Run All Cells* stops at the
#   first check that fails.)
# - The first cell takes some seconds. Red lines below it are messages from TensorFlow, and harmless.
#
# The lab has 31 points: 29 for the exercises, which are checked automatically, and 2 for the written question
# at the end. Allow about four hours, in several sittings if you like. You need no GPU and no internet.
#
# The paper: He et al., *Deep Residual Learning for Image Recognition*, CVPR 2016.

# %% locked="setup"
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from cvlabs import plot
from cvlabs.checks import experiment, lab
from cvlabs.layers import BatchNormalization
from cvlabs.variables import abstract

check, summary = lab("lab04_resnet")

# %% [markdown]
# ## 1. Batch normalization
#
# The output of a layer is the input of the next one. If each layer makes the values a little larger, they are
# enormous after thirty layers; if each makes them a little smaller, almost nothing is left. **Batch
# normalization** (Ioffe and Szegedy, 2015) brings every channel back to a known scale, in every layer and in
# every step of training:
#
# 1. take the **mean** and the **variance** of each channel, over the whole batch and all positions: over
#    N×H×W values;
# 2. subtract the mean, and divide by the square root of (variance + ε). If a channel has the same value
#    everywhere, its variance is zero; the small ε avoids a division by zero. The variance is the mean of the
#    squared deviations from the mean: divide their sum by N·H·W;
# 3. multiply by **γ** (gamma) and add **β** (beta), two learned numbers for each channel, so that the
#    network can undo the normalization where that is better.
#
# ### Exercise: `batch_norm` (3 points)
#
# `batch_norm(x, gamma, beta, epsilon=1e-5)` does this, as in training, with `keras.ops`. `x` is a tensor
# of numbers, N×H×W×C; `gamma` and `beta` have C values each. It returns a tensor of the shape of `x`.


# %% solution="batch_norm"
def batch_norm(x, gamma, beta, epsilon=1e-5):
    """Normalizes each channel of N×H×W×C by the batch's own mean and variance."""
    ### BEGIN SOLUTION
    mean = ops.mean(x, axis=(0, 1, 2))
    variance = ops.mean(ops.square(x - mean), axis=(0, 1, 2))
    return gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta
    ### END SOLUTION


# %% grade="batch_norm" points=3
check("batch_norm", batch_norm)

# %% [markdown]
# ### What it is good for
#
# Thirty convolutions with a ReLU after each, and random weights that are 30 % too small, or 50 % too
# large. The lines show the standard deviation of each layer's output: without normalization, and with your
# normalization.


# %%
def spread_by_layer(factor, normalize):
    rng = np.random.default_rng(0)
    x, spreads = rng.normal(size=(8, 12, 12, 16)).astype("float32"), []
    for layer in range(1, 31):
        kernel = factor * np.sqrt(2 / 144) * rng.normal(size=(3, 3, 16, 16))
        x = ops.conv(x, kernel.astype("float32"), padding="same")
        x = batch_norm(x, np.ones(16, "float32"), np.zeros(16, "float32")) if normalize else x
        x = ops.relu(x)
        spreads.append((layer, float(ops.std(x))))
    return spreads


def spreads():
    return {
        "30 % too small": spread_by_layer(0.7, normalize=False),
        "50 % too large": spread_by_layer(1.5, normalize=False),
        "30 % too small, normalized": spread_by_layer(0.7, normalize=True),
        "50 % too large, normalized": spread_by_layer(1.5, normalize=True),
    }


plot.lines(
    {"": spreads}, ["layer"], "standard deviation", title="What thirty layers do to the scale", log=True
)

# %% [markdown]
# With normalization, the scale does not depend on the size of the weights at all: a kernel that is twice as
# large gives the same output. GoogLeNet's authors had added auxiliary classifiers to help the training of 22
# layers (lab 3), although later measurements found that they helped little. Networks with batch normalization
# train without them.
#
# When the network predicts, there may be only one image, and so no batch. Then the layer uses averages of
# mean and variance that it has collected during training. The layer `BatchNormalization()` does all that.
# The one imported above has the same weights and results as Keras' layer, and is faster on a CPU. You may
# use either.
#
# ### Exercise: `conv_bn_relu` (2 points)
#
# From now on every convolution has its normalization. `conv_bn_relu(x, filters, kernel_size, strides=1)` adds
# three layers to the tensor `x` and returns their output:
#
# - a convolution with `filters` filters, square kernels and the given strides, same padding, **without
#   biases**: the normalization subtracts the mean of each channel, and a bias with it. ("same" adds as many
#   zeros as needed for an output of size / strides values, rounded up.)
# - the **layer** `BatchNormalization()`, not your function `batch_norm`: the layer has variables for γ, β and
#   the averages. Keep its defaults. (Its ε may be anything from 1e-5, the paper's, to 1e-3, Keras' default.)
# - ReLU.
#
# Each call makes new layers, here and in all later exercises.


# %% solution="conv_bn_relu"
def conv_bn_relu(x, filters, kernel_size, strides=1):
    """A convolution without biases, batch normalization, ReLU."""
    ### BEGIN SOLUTION
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(BatchNormalization()(x))
    ### END SOLUTION


# %% grade="conv_bn_relu" points=2
check("conv_bn_relu", conv_bn_relu)

# %% [markdown]
# ## 2. Deeper is worse
#
# VGG-16 is better than VGG-11, and GoogLeNet is deeper than both. So build deeper networks! The simplest
# way is to repeat the same block more often. (But VGG-19 is hardly better than VGG-16: a first sign of the
# problem.)
#
# ### Exercise: `plain_block` (2 points)
#
# `plain_block(x, filters, strides=1)` adds two 3×3 convolutions with `filters` filters to the tensor `x`, one
# after the other, each with its normalization and its ReLU, and returns the output. The first convolution has
# the strides, the second has stride 1.


# %% solution="plain_block"
def plain_block(x, filters, strides=1):
    """Two 3×3 convolutions, one after the other; the first has the strides."""
    ### BEGIN SOLUTION
    x = conv_bn_relu(x, filters, 3, strides)
    return conv_bn_relu(x, filters, 3)
    ### END SOLUTION


# %% grade="plain_block" points=2
check("plain_block", plain_block)

# %%
plot.layer_graph(plain_block, (16, 16, 8), filters=16, strides=2, title="Your plain block")

# %% [markdown]
# ### The experiment
#
# The paper's experiment on small images has three stages of 2n layers each, which work on maps of full,
# half and quarter size; with the first convolution and the dense layer there are 6n + 2 layers.
# `small_network` builds such a network from any block. It is a smaller version of the paper's network, so
# that it trains here in a minute: images of 16×16 instead of 32×32, 8 filters in the first stage instead of
# 16, and 400 training images for 40 epochs, which is 320 steps of 50 images instead of 64,000 steps of 128.
# The images are *shapes*: ten outlines with textures, at any place and in any size and colour.

# %% locked="small_network"
SIZE, IMAGES, EPOCHS, BATCH = 16, 400, 40, 50
SHALLOW, DEEP = 8, 32


def small_network(block, depth):
    """The paper's network for small images: a convolution, three stages of blocks, average, dense layer."""
    inputs = keras.Input((SIZE, SIZE, 3))
    x = layers.Rescaling(1 / 64, offset=-2)(inputs)  # pixels to values around 0
    x = conv_bn_relu(x, 8, 3)
    for filters, first in ((8, 1), (16, 2), (32, 2)):
        for i in range((depth - 2) // 6):
            x = block(x, filters, strides=first if i == 0 else 1)
    return keras.Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


def shapes(count, seed=0):
    """Images of shapes, count×16×16×3 with values from 0 to 255, and their classes."""
    from cvlabs.data import load

    return next(iter(load("shapes", batch_size=count, image_size=SIZE, seed=seed)))


def training_errors(block, depth, seed=0):
    """Trains a small network. Returns (epoch, error in percent) on the training images, in each epoch."""
    images, labels = shapes(IMAGES, seed)
    keras.utils.set_random_seed(seed)
    model = small_network(block, depth)
    rate = keras.optimizers.schedules.CosineDecay(0.05, EPOCHS * IMAGES // BATCH)
    model.compile(
        keras.optimizers.SGD(rate, momentum=0.9),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        jit_compile=False,
    )
    history = model.fit(images, labels, batch_size=BATCH, epochs=EPOCHS, verbose=0).history
    errors = [(epoch, 100 - 100 * accuracy) for epoch, accuracy in enumerate(history["accuracy"], 1)]
    print(f"{block.__name__}, {depth} layers: {errors[-1][1]:.0f} % of the training images are wrong")
    return errors


def train_both_depths(block, kind, seed=0):
    """The errors of a shallow and of a deep network of the same blocks."""
    return {f"{kind}, {depth} layers": training_errors(block, depth, seed) for depth in (SHALLOW, DEEP)}


# %% [markdown]
# Both networks see the same images in the same order, for the same number of steps. The deep one has four
# times as many layers. This takes a minute or two:


# %%
def plain_networks():
    return train_both_depths(plain_block, "plain")


plain_errors = experiment(plain_networks)

# %%
plot.lines({"": plain_errors}, ["epoch"], "training error in percent", title="Your plain networks")

# %% [markdown]
# The deeper network is **worse**. When people first saw this, they suspected over-fitting: more layers and
# more parameters, so the network memorizes its training images and fails on others. But look at the label of
# the axis. This is the error on the *training* images. If a network over-fits, this error is near zero, as it
# is for the shallow network. The deep one cannot even fit the images that it trains on: it is
# **under-fitting**.
#
# That is strange, because the deep network *could* do it. Take the shallow one, and add layers that do not
# change their input: each is the **identity**. This deep network exists, and it has the same error as the
# shallow one. Training does not find it, nor anything as good. The problem is not what the network can
# represent. The problem is **optimization**.
#
# Is the identity so hard to learn? For two convolutions with a ReLU after each it is: starting from random
# weights, they have to find kernels with a one in the middle of the right channel and zeros elsewhere,
# exactly, in layer after layer.
#
# ## 3. The residual block
#
# So change the block such that the identity is easy to learn. The convolutions do not compute the output, but
# the *difference* between output and input, the **residual**. Then the input is added to it:
#
#     output = ReLU(residual(x) + x)
#
# If the best thing that a block can do is to change nothing, only the residual has to become zero: it is
# enough that γ and β of its last normalization become zero. (Smaller kernels alone do not help, as you have
# seen: the normalization brings the output back to the same scale.)
#
# | main path | shortcut path |
# |---|---|
# | convolution 3×3 with the block's strides, normalization, ReLU | |
# | convolution 3×3, normalization, **no ReLU yet** | nothing, or a projection |
# | added: main path + shortcut path | |
# | ReLU | |
#
# Where the input has the same shape as the output of the main path, it is added without any change.
# Otherwise the shortcut has a *projection*: a 1×1 convolution with the block's strides, and its
# normalization, but no ReLU. Adding the unchanged input costs nothing, so there is a projection only where
# the size or the number of channels changes.
#
# ### Exercise: `residual_block` (5 points)
#
# `residual_block(x, filters, strides=1)` adds this block to the tensor `x` and returns its output. All
# convolutions have `filters` filters, same padding and no biases.


# %% solution="residual_block"
def residual_block(x, filters, strides=1):
    """Two 3×3 convolutions, and the input added to their output."""
    ### BEGIN SOLUTION
    y = conv_bn_relu(x, filters, 3, strides)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = BatchNormalization()(y)
    if x.shape != y.shape:
        x = layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x)
        x = BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([x, y]))
    ### END SOLUTION


# %% grade="residual_block" points=5
check("residual_block", residual_block)

# %%
plot.layer_graph(residual_block, (16, 16, 16), filters=16, title="Your residual block, where the input fits")

# %%
plot.layer_graph(residual_block, (16, 16, 8), filters=16, strides=2, title="Where it has to be projected")

# %% [markdown]
# ### The experiment again
#
# The same networks, the same images, the same number of steps; only the block is different. Next to your
# curves you see the errors that the paper reports for CIFAR-10 with full training, on *test* images. Those
# of the plain networks are read from the paper's figure 6, so they are rounded.

# %% locked="published"
PUBLISHED = {  # test error on CIFAR-10 in percent, by depth: He et al., figure 6 and table 6
    "plain": [(20, 9.5), (32, 10), (44, 12), (56, 13.5)],
    "residual": [(20, 8.75), (32, 7.51), (44, 7.17), (56, 6.97), (110, 6.43)],
}


# %%
def residual_networks():
    return train_both_depths(residual_block, "residual")


residual_errors = experiment(residual_networks)

# %%
both = {**plain_errors, **residual_errors} if plain_errors and residual_errors else residual_errors
plot.lines(
    {"your networks, training error": both, "the paper's, test error": PUBLISHED},
    ["epoch", "layers"],
    "error in percent",
    title="With shortcuts, deeper is not worse",
)

# %% [markdown]
# The deep residual network learns its training images, too. It starts more slowly than the shallow one, and
# its depth brings no advantage for ten classes of simple images. In the paper there is more to learn, and
# depth helps: each deeper residual network up to 110 layers is better than the one before, while each
# deeper plain network is worse. (A residual network of 1202 layers fits the training images as well as that
# of 110 layers, but is wrong on 7.93 % of the test images: that one *is* over-fitting.)
#
# Your experiment is small: one set of images, one start. We tried five seeds on each of two computers, which
# round differently. The plain network of 32 layers ended with 22 to 74 % of its training images wrong, and
# the other three networks with 2 % at most. Try it: add `seed=1` to both calls of `train_both_depths`.

# %% [markdown]
# ### On photographs
#
# Is it the same with photographs? That training takes hours, so we did it for you: the paper's own networks
# on the 50,000 training images of CIFAR-10, with batches, learning rate and crops as in the paper, but for
# 4 epochs instead of 164. (The learning rate falls to a tenth after two epochs, and again after three.)


# %%
def on_photographs(error):
    from cvlabs.degradation import curves

    return curves(error)


plot.lines(
    {
        "training images": lambda: on_photographs("training_error"),
        "test images": lambda: on_photographs("test_error"),
    },
    ["epoch", "epoch"],
    "error in percent",
    title="CIFAR-10, four epochs",
    share=True,
)

# %% [markdown]
# With 56 plain layers three quarters of the *training* images are still wrong, with 20 layers a little more
# than a third: so twice as many are wrong with more layers, for the same images and the same number of
# steps. The shortcuts have no parameters in this network, and already help with 20 layers. With 56 residual
# layers the error is even lower, a quarter of the images: there is more to learn than in the shapes above,
# and depth helps.
#
# One thing was different. The residual network of 56 layers had a *warmup*: its learning rate rose to the
# paper's 0.1 during the first epoch. When it started at 0.1, it had learned almost nothing after an epoch
# and a third. The paper reports the same for 110 layers, and starts with a tenth of the rate for about 400
# steps. So the learning rate still matters in a network with shortcuts. With the same warmup, the plain
# network of 56 layers is better, too, but still far worse than the one of 20 layers: it is not the learning
# rate that makes the difference.

# %% [markdown]
# ## 4. What it does to gradients
#
# "Residual blocks help the gradient backpropagation", says the lecture. Measure it. The gradient of the
# loss with respect to a layer's kernel says how the layer would change in one step; its **norm**, the square
# root of the sum of the squares of all its values, says how much.
#
# ### Exercise: `gradient_norm_by_layer` (3 points)
#
# `gradient_norm_by_layer(model, x, y)` takes a model whose outputs are logits, a batch of images `x` and
# their classes `y` (whole numbers). It returns a dictionary. Its keys are the **names of all layers that
# have a kernel**: each convolution and each dense layer. Its values are the L2 norms of the gradients with
# respect to these **kernels** (not to the biases). A list of pairs `(name, norm)` is also accepted.
#
# - The loss is the **mean cross-entropy of the batch**. The function
#   `keras.losses.SparseCategoricalCrossentropy(from_logits=True)` computes it from `y` and the logits.
# - Call the model as in training: `model(x, training=True)`.
# - TensorFlow records what is computed inside a `with` block on a *tape*, and then goes backwards through
#   it. So call the model **and compute the loss inside the `with` block**:
#
#       with tf.GradientTape() as tape:
#           loss = …                       # from y and model(x, training=True)
#       gradients = tape.gradient(loss, [first.kernel, second.kernel])


# %% solution="gradient_norm_by_layer"
def gradient_norm_by_layer(model, x, y):
    """Name of each layer with a kernel, and norm of the gradient with respect to it."""
    ### BEGIN SOLUTION
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    with tf.GradientTape() as tape:
        value = loss(y, model(x, training=True))
    gradients = tape.gradient(value, [layer.kernel.value for layer in named])
    return {layer.name: float(tf.norm(g)) for layer, g in zip(named, gradients, strict=True)}
    ### END SOLUTION


# %% grade="gradient_norm_by_layer" points=3
check("gradient_norm_by_layer", gradient_norm_by_layer)

# %% [markdown]
# Networks of 8, 32 and 56 layers, before the first step of training, from the image on the left to the
# logits on the right. Each line has one point for each layer with a kernel. The projections in two of the
# shortcuts are such layers, too, so the lines of the residual networks have two points more than the name
# says. (If you wrote a block as your own `Layer`, its convolutions are not in `model.layers`, and the
# picture does not show them.)


# %%
def gradients_by_depth(block):
    images, labels = shapes(100)
    found = {}
    for depth in (SHALLOW, DEEP, 56):
        keras.utils.set_random_seed(1)
        norms = gradient_norm_by_layer(small_network(block, depth), images.numpy(), labels.numpy())
        found[f"{depth} layers"] = list(enumerate(dict(norms).values(), 1))
    return found


def gradients():
    return {"plain": gradients_by_depth(plain_block), "residual": gradients_by_depth(residual_block)}


norms = experiment(gradients) or {"plain": None, "residual": None}

# %%
plot.lines(
    norms,
    ["layer", "layer"],
    "norm of the gradient",
    title="The gradient that reaches each layer, before training",
    log=True,
    share=True,
)

# %% [markdown]
# In the plain network the gradient **grows** from block to block on its way back to the image, by about the
# same factor in each block. In the network of 56 layers it is about a thousand times as large in the first
# layers as in the last convolution. In the residual network it grows, too, but much less: with 56 layers it
# is 23 times as large in the first layer as in the last convolution. (With other random weights we measured
# 900 to 3,800 times for the plain network, and 7 to 23 times for the residual one.)
#
# What follows for training? All layers have the same learning rate. If it suits the last layers of the
# plain network, it changes the first ones far too much; if it suits the first layers, the last ones hardly
# change. A plus sign gives the gradient two paths: through the convolutions, and past them, unchanged.
#
# But one often reads that gradients *vanish* in deep networks: that they become smaller and smaller on
# their way back. Without normalization, and with Keras' usual random weights, they do:


# %%
def bare_block(x, filters, strides=1):
    """The plain block without normalization, with biases and Keras' usual random weights."""
    x = layers.Conv2D(filters, 3, strides=strides, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)


def gradients_without_normalization():
    return gradients_by_depth(bare_block)


bare_norms = experiment(gradients_without_normalization)

# %%
plot.lines(
    {"": bare_norms},
    ["layer"],
    "norm of the gradient",
    title="Plain networks without normalization, before training",
    log=True,
)

# %% [markdown]
# With 56 layers the gradient is smaller than 10⁻¹⁰, in *all* layers: each layer makes the values smaller on
# their way forward, and the gradient smaller on its way back. No learning rate helps here, because the
# output hardly depends on the image. With larger random weights, values and gradients *explode* instead.
# Batch normalization keeps the values at one scale, so its networks have another problem: gradients that
# grow.
#
# (The paper only says that the gradients of its plain networks do not vanish, and does not explain why
# these networks train badly. Later work found more: with depth, the gradients of a plain network become as
# irregular as noise, Balduzzi et al., *The Shattered Gradients Problem*, ICML 2017.)
#
# ## 5. What a block costs
#
# The conventions: **parameters** are all *learned* numbers: the kernels, and two numbers for each normalized
# channel, γ and β. The running mean and variance are measured and not learned, so they do not count.
# **Multiply-adds** are those of the convolutions.
#
# ### Exercise: `residual_block_cost` (2 points)
#
# `residual_block_cost(size, in_channels, filters, strides)` returns the pair `(params, macs)` of your
# residual block on a `size` × `size` × `in_channels` map, including the projection where there is one.
# With same padding the output has `size / strides` values along a side, **rounded up**. A block of 64 filters
# on a 56×56×64 map has 73,984 parameters.


# %% solution="residual_block_cost"
def residual_block_cost(size, in_channels, filters, strides):
    """(params, macs) of a residual block on a size×size map."""
    ### BEGIN SOLUTION
    out = -(-size // strides)  # rounded up
    weights, channels = 9 * in_channels * filters + 9 * filters * filters, 2 * filters
    if strides != 1 or in_channels != filters:
        weights, channels = weights + in_channels * filters, channels + filters
    return weights + 2 * channels, out * out * weights
    ### END SOLUTION


# %% grade="residual_block_cost" points=2
check("residual_block_cost", residual_block_cost)

# %% [markdown]
# ### The bottleneck
#
# Two 3×3 convolutions on 256 channels have 1.2 million parameters; fifty such blocks would be expensive.
# You know the solution from GoogLeNet: a 1×1 convolution that reduces the number of channels before the
# expensive kernel. In ResNet, another 1×1 convolution after it increases the number of channels again:
#
# | main path | channels |
# |---|---|
# | convolution 1×1, **the block's strides**, normalization, ReLU | `filters` |
# | convolution 3×3, normalization, ReLU | `filters` |
# | convolution 1×1, normalization, no ReLU yet | **4 ×** `filters` |
# | added: main path + shortcut path, then ReLU | 4 × `filters` |
#
# The shortcut is as before: the unchanged input where it has the output's shape, otherwise a projection,
# which is a 1×1 convolution with the block's strides and its normalization. Note that the output has four
# times as many channels as the argument `filters` says.
#
# ### Exercise: `bottleneck_block` (4 points)
#
# `bottleneck_block(x, filters, strides=1)` adds this block to `x`. The stride is in the first 1×1
# convolution, as in the paper. (Newer code has it in the 3×3 convolution, which then reads every position
# of the map. The whole ResNet-50 needs 6 % more multiply-adds in this form, which is called *v1.5*.)


# %% solution="bottleneck_block"
def bottleneck_block(x, filters, strides=1):
    """1×1 and 3×3 with `filters` filters, 1×1 with four times as many, and the input added."""
    ### BEGIN SOLUTION
    y = conv_bn_relu(x, filters, 1, strides)
    y = conv_bn_relu(y, filters, 3)
    y = layers.Conv2D(4 * filters, 1, use_bias=False)(y)
    y = BatchNormalization()(y)
    if x.shape != y.shape:
        x = layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x)
        x = BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([x, y]))
    ### END SOLUTION


# %% grade="bottleneck_block" points=4
check("bottleneck_block", bottleneck_block)

# %%
plot.layer_graph(bottleneck_block, (28, 28, 64), filters=32, strides=2, title="Your bottleneck block")

# %% [markdown]
# ### Exercise: `bottleneck_cost` (2 points)
#
# `bottleneck_cost(size, in_channels, filters, strides)` returns `(params, macs)` of the bottleneck block,
# counted as before.


# %% solution="bottleneck_cost"
def bottleneck_cost(size, in_channels, filters, strides):
    """(params, macs) of a bottleneck block on a size×size map."""
    ### BEGIN SOLUTION
    out = -(-size // strides)
    weights = in_channels * filters + 9 * filters * filters + filters * 4 * filters
    channels = filters + filters + 4 * filters
    if strides != 1 or in_channels != 4 * filters:
        weights, channels = weights + in_channels * 4 * filters, channels + 4 * filters
    return weights + 2 * channels, out * out * weights
    ### END SOLUTION


# %% grade="bottleneck_cost" points=2
check("bottleneck_cost", bottleneck_cost)


# %%
def blocks_of_stage_1():
    return {
        "residual, 64 channels in and out": residual_block_cost(56, 64, 64, 1),
        "bottleneck, 256 in and out": bottleneck_cost(56, 256, 64, 1),
        "residual, 256 channels in and out": residual_block_cost(56, 256, 256, 1),
    }


plot.cost_bars(blocks_of_stage_1, "Blocks on a 56×56 map")

# %% [markdown]
# A bottleneck costs about as much as a residual block with a quarter of the channels, and has one layer
# more. So ResNet-34 becomes ResNet-50 if its blocks are replaced, at nearly the same cost.
#
# ## 6. The whole network
#
# ResNet takes the simple and regular design from VGG, and the stem and the head from GoogLeNet:
#
# | | output for a 224×224 image |
# |---|---|
# | convolution 7×7, stride 2, 64 filters, normalization, ReLU | 112×112×64 |
# | max pooling 3×3, stride 2, same padding | 56×56×64 |
# | stage 1: blocks with 64 filters, stride 1 | 56×56 |
# | stage 2: blocks with 128 filters, the first with stride 2 | 28×28 |
# | stage 3: blocks with 256 filters, the first with stride 2 | 14×14 |
# | stage 4: blocks with 512 filters, the first with stride 2 | 7×7 |
# | global average pooling, one dense layer | one logit per class |
#
# | network | block | blocks in the stages |
# |---|---|---|
# | ResNet-18 | residual | 2, 2, 2, 2 |
# | ResNet-34 | residual | 3, 4, 6, 3 |
# | ResNet-50 | bottleneck | 3, 4, 6, 3 |
# | ResNet-101 | bottleneck | 3, 4, 23, 3 |
# | ResNet-152 | bottleneck | 3, 8, 36, 3 |
#
# ### Exercise: `resnet_depth` (1 point)
#
# Where do the names come from? `resnet_depth(blocks_per_stage, convs_per_block)` returns the number of
# layers with weights on the main path from the image to the logits: all convolutions and the dense layer.
# Normalizations do not count, and neither do the projections, because they are on the shortcut path.


# %% solution="resnet_depth"
def resnet_depth(blocks_per_stage, convs_per_block):
    """The number in a ResNet's name."""
    ### BEGIN SOLUTION
    return 1 + convs_per_block * sum(blocks_per_stage) + 1
    ### END SOLUTION


# %% grade="resnet_depth" points=1
check("resnet_depth", resnet_depth)

# %% [markdown]
# ### Exercise: `resnet` (5 points)
#
# `resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000)` returns the network of the
# table as a `keras.Model` with one output, the **logits**.
#
# - `blocks_per_stage` is a tuple with the number of blocks in each stage. There may be fewer or more stages
#   than four. The filters double from each stage to the next, and the first block of each stage has stride 2,
#   except in the first stage.
# - `block` is a function such as your `residual_block` or `bottleneck_block`. Call it as `block(x, filters,
#   strides)`, with the filters of the stage: 64, 128, … You need not know how many channels it makes of
#   them. The check uses blocks of its own, so call the argument `block`, not your own functions.
# - There is no dropout, and no softmax.


# %% solution="resnet"
def resnet(blocks_per_stage, block, input_shape=(224, 224, 3), classes=1000):
    """A ResNet from the number of blocks in each stage, and the kind of block."""
    ### BEGIN SOLUTION
    x = inputs = keras.Input(input_shape)
    x = conv_bn_relu(x, 64, 7, strides=2)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for stage, blocks in enumerate(blocks_per_stage):
        for i in range(blocks):
            x = block(x, 64 * 2**stage, strides=2 if stage > 0 and i == 0 else 1)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
    ### END SOLUTION


# %% grade="resnet" points=5
check("resnet", resnet)

# %% locked="networks"
NETWORKS = {  # kind of block, and blocks in each stage
    "ResNet-18": ("residual", (2, 2, 2, 2)),
    "ResNet-34": ("residual", (3, 4, 6, 3)),
    "ResNet-50": ("bottleneck", (3, 4, 6, 3)),
    "ResNet-101": ("bottleneck", (3, 4, 23, 3)),
    "ResNet-152": ("bottleneck", (3, 8, 36, 3)),
}


def full_size(name):
    """One of your networks for images of 224×224, without values in its weights."""
    kind, blocks_per_stage = NETWORKS[name]
    with abstract():
        return resnet(blocks_per_stage, residual_block if kind == "residual" else bottleneck_block)


def network_cost(name):
    """(params, macs) of one of the networks, from your functions for blocks."""
    kind, blocks_per_stage = NETWORKS[name]
    block_cost, expansion = (residual_block_cost, 1) if kind == "residual" else (bottleneck_cost, 4)
    params, macs = 7 * 7 * 3 * 64 + 2 * 64, 112 * 112 * 7 * 7 * 3 * 64  # the stem
    size, channels = 56, 64
    for stage, blocks in enumerate(blocks_per_stage):
        filters = 64 * 2**stage
        for i in range(blocks):
            strides = 2 if stage > 0 and i == 0 else 1
            of_block = block_cost(size, channels, filters, strides)
            params, macs = params + of_block[0], macs + of_block[1]
            size, channels = -(-size // strides), expansion * filters
    return params + (channels + 1) * 1000, macs + channels * 1000


# %%
plot.profile(full_size, title="Your ResNet-50", name="ResNet-50")

# %% [markdown]
# Most parameters are in the last stages, where there are many channels. No single layer has most of them, as
# VGG's first dense layer had. And this is what the networks cost, compared with VGG-16:


# %%
def against_vgg16():
    found = {"VGG-16": (138_357_544, 15_470_264_320)}
    for name, (kind, blocks_per_stage) in NETWORKS.items():
        depth = resnet_depth(blocks_per_stage, 2 if kind == "residual" else 3)
        found[f"{name}: {depth} layers"] = network_cost(name)
    return found


plot.cost_bars(against_vgg16, "ResNets and VGG-16")

# %% [markdown]
# The deepest of them has 152 layers and still needs less work than VGG-16. *If you compare with the
# lecture:* it gives 3.6 GFLOP for ResNet-34 and 13.6 for VGG. Your 3.66 G and the lecture's 3.6 G count
# the same thing. (The paper's network has shortcuts without projections, with zeros in the new channels, and
# needs 3.64 G.) The 13.6 is the number that you found wrong in lab 2: the real VGG-16 needs 15.5. So the
# advantage of ResNet-34 is larger than the lecture says: VGG-16 needs 4.2 times the work, not 3.8 times.
#
# You can check your counting with Keras, which counts the same learned numbers:


# %%
def counted_twice():
    found = {}
    for name in ("ResNet-18", "ResNet-50"):
        weights = full_size(name).trainable_weights
        you, keras_counts = network_cost(name)[0], sum(int(np.prod(w.shape)) for w in weights)
        found[f"{name}, counted by you: {you:,}"] = (you,)
        found[f"{name}, counted by Keras: {keras_counts:,}"] = (keras_counts,)
    return found


plot.cost_bars(counted_twice, "Learned parameters", ("parameters",))

# %% [markdown]
# These errors on ImageNet are published for single networks (top-5, one centre crop of the validation
# images; for ResNet-18, ResNet-34 and VGG-16 with the weights that torchvision offers, for the others with
# the authors' own weights):
#
# | | VGG-16 | ResNet-18 | ResNet-34 | ResNet-50 | ResNet-101 | ResNet-152 |
# |---|---|---|---|---|---|---|
# | top-5 error in % | 9.6 | 10.9 | 8.6 | 7.8 | 7.1 | 6.7 |
#
# Deeper is better again. The 3.57 % that won in 2015 is the error of six networks of this kind together, each
# applied to images of several sizes.
#
# ### Question (2 points, graded by hand)
#
# The deep plain network was worse than the shallow one. Why is that **under-fitting** and not
# over-fitting, and how do you know? Answer in four to eight sentences, with numbers from your own curves and
# from your own picture of the gradients. Say what you would have seen instead, and where, if it had been
# over-fitting. Say which deep network would be as good as the shallow one, and why training does not find it.
# Say what the residual block changes.

# %% [markdown] answer="why_under_fitting" points=2
# ### BEGIN SOLUTION
# A network that over-fits has a low error on the images that it was trained on, and a high one on others:
# that would show in a curve of test errors, far above that of training. The plain network of 32 layers is
# wrong on 22 to 61 % of its *training* images, while that of 8 layers fits nearly all of them with the same
# data and the same steps. So it does not fit too closely; it does not fit at all, and test images need not be
# asked.
#
# It is not for lack of capacity. A deep network whose first layers are those of the shallow one and whose
# other layers pass on their input would have the same training error. This solution exists, but gradient
# descent does not get there: from random weights, stacks of convolution, normalization and ReLU do not come
# near the identity, and the gradient in the first layer of 32 is about a hundred times as large as in the
# last ones (with other random weights 17 to 200 times; with 56 layers about a thousand times), so that no
# learning rate suits all. The failure is one of optimization.
#
# In a residual block the identity is there from the start: the shortcut adds the input, and the
# convolutions only learn the difference, for which zero is an easy target (γ and β of the last
# normalization). The gradient passes the convolutions unchanged. In the experiment the residual network
# of 32 layers fits the training images like the shallow one.
# ### END SOLUTION

# %% [markdown]
# ## Your points

# %%
summary()

# %% [markdown]
# Your instructor gives the two points for the question. Save the notebook, and hand in the file under its
# own name, `lab04_resnet.ipynb`.
#
# **Next:** once very deep networks could be trained, research went back to efficiency: several paths in a
# block (ResNeXt), a learned weight for each channel (SENet), dense connections (DenseNet), and networks for
# phones (MobileNet, ShuffleNet).
