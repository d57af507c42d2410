# %% [markdown]
# # Lab 3: GoogLeNet, or how to be deep and cheap
#
# In 2014 two networks led the ImageNet challenge. **VGG** was simple: many 3×3 convolutions, one after the
# other. **GoogLeNet** won, with 6.67 % top-5 error against VGG's 7.32 %, and with a twentieth of VGG-16's
# parameters. (The **top-5 error** is the percentage of images whose right class is not among the five
# classes with the highest scores.) GoogLeNet's authors began with a *budget*: about 1.5 billion
# multiply-adds per image, so that the network could be used in practice and not only in a paper.
#
# Here you build GoogLeNet, part by part, and for every part you first calculate what it costs:
#
# 1. counting: parameters and multiply-adds of a convolution
# 2. the **stem**, which shrinks the image early
# 3. the **Inception module**, first the naive one, then the one that works
# 4. **global average pooling** instead of very large dense layers
# 5. **auxiliary classifiers** in the middle of the network
# 6. the whole network, compared with VGG-16
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
#   gets no points.
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
# The lab has 28 points: 26 for the exercises, which are checked automatically, and 2 for the written question
# at the end. Allow three to four hours, in several sittings if you like. You need no GPU and no internet.
#
# The paper: Szegedy et al., *Going Deeper with Convolutions*, CVPR 2015.

# %% locked="setup"
import keras
from keras import layers, ops

from cvlabs import plot
from cvlabs.checks import lab
from cvlabs.layers import LocalResponseNormalization

check, summary = lab("lab03_googlenet")

# %% [markdown]
# ## 1. Counting
#
# If you design an efficient network, you count before you train anything. Two numbers matter most:
#
# - **parameters**: the numbers that have to be learned, stored and sent to a phone;
# - **multiply-adds** (MACs): the work for one image. One multiply-add is one multiplication and the
#   addition of its product to a sum. (Papers often call this a "FLOP", and some tools count it as two. We
#   always say *multiply-adds*.)
#
# A convolution layer has one kernel per filter. Each kernel sees **all** input channels, and each filter
# has one bias. At every position of the output, every filter multiplies its whole kernel with the part of the
# input that the kernel covers.
#
# ### Exercise: `conv_params` and `conv_macs` (2 points)
#
# - `conv_params(kernel_size, in_channels, filters)` returns the number of parameters of a convolution with
#   square kernels, **biases counted**.
# - `conv_macs(output_size, kernel_size, in_channels, filters)` returns its multiply-adds for an output of
#   `output_size` × `output_size` positions. Adding a bias is not a multiply-add: **biases not counted**.
#
# Both return a whole number. VGG's first layer (3×3, 3 → 64 channels, on a 224×224 image) has 1,792
# parameters.


# %% solution="conv_params"
def conv_params(kernel_size, in_channels, filters):
    """Parameters of a convolution with square kernels, biases counted."""
    ### BEGIN SOLUTION
    return (kernel_size * kernel_size * in_channels + 1) * filters
    ### END SOLUTION


# %% grade="conv_params" points=1
check("conv_params", conv_params)


# %% solution="conv_macs"
def conv_macs(output_size, kernel_size, in_channels, filters):
    """Multiply-adds of a convolution with square kernels and a square output."""
    ### BEGIN SOLUTION
    positions = output_size * output_size
    return positions * kernel_size * kernel_size * in_channels * filters
    ### END SOLUTION


# %% grade="conv_macs" points=1
check("conv_macs", conv_macs)

# %% [markdown]
# ### Where VGG-16 spends
#
# With your two functions we can count VGG-16, stage by stage. (A dense layer is a convolution whose output
# has a single position: the first one reads all 7×7×512 values, so it is a 7×7 kernel on 512 channels.)

# %%
VGG16_STAGES = {  # output size and (in_channels, filters) of each 3×3 convolution
    "conv1, 224×224": (224, [(3, 64), (64, 64)]),
    "conv2, 112×112": (112, [(64, 128), (128, 128)]),
    "conv3, 56×56": (56, [(128, 256), (256, 256), (256, 256)]),
    "conv4, 28×28": (28, [(256, 512), (512, 512), (512, 512)]),
    "conv5, 14×14": (14, [(512, 512), (512, 512), (512, 512)]),
}
VGG16_DENSE = {"dense1": (7, 512, 4096), "dense2": (1, 4096, 4096), "dense3": (1, 4096, 1000)}


def total(costs):
    """Adds up pairs of (params, macs)."""
    costs = list(costs)
    return sum(params for params, _ in costs), sum(macs for _, macs in costs)


def conv_cost(output_size, kernel_size, in_channels, filters):
    """(params, macs) of one convolution, from your two functions."""
    return (
        conv_params(kernel_size, in_channels, filters),
        conv_macs(output_size, kernel_size, in_channels, filters),
    )


def vgg16_costs():
    costs = {
        stage: total(conv_cost(size, 3, *channels) for channels in convolutions)
        for stage, (size, convolutions) in VGG16_STAGES.items()
    }
    return costs | {layer: conv_cost(1, *sizes) for layer, sizes in VGG16_DENSE.items()}


plot.cost_bars(vgg16_costs, "VGG-16, counted with your functions")

# %% [markdown]
# The two columns are very different. The **dense layers** have nine tenths of the parameters, most of them in
# the first one, which reads the flattened 7×7×512 map. The **convolutions** do 99 % of the work, three fifths
# of it before the map has shrunk to 28×28. GoogLeNet reduces both: the work with its stem and its 1×1
# convolutions, the parameters with global average pooling.

# %% [markdown]
# ## 2. The stem: shrink early
#
# VGG keeps the full 224×224 resolution for two layers, and a convolution on a large map is expensive.
# GoogLeNet's **stem** makes the map 28×28, an eighth of each side, with only three convolutions. From top to
# bottom:
#
# | layer | output for a 224×224×3 image |
# |---|---|
# | convolution 7×7, stride 2, 64 filters | 112×112×64 |
# | max pooling 3×3, stride 2 | 56×56×64 |
# | local response normalization (LRN) | 56×56×64 |
# | convolution 1×1, 64 filters | 56×56×64 |
# | convolution 3×3, 192 filters | 56×56×192 |
# | local response normalization (LRN) | 56×56×192 |
# | max pooling 3×3, stride 2 | 28×28×192 |
#
# Every convolution has biases and is followed by a ReLU, here and in the rest of this lab. Every
# convolution and every pooling uses `padding="same"` unless the text says otherwise, so that only strides
# change the size. ("same" adds as many zeros as needed for an output of size / strides values, rounded up;
# "valid" adds none.) LRN, which AlexNet introduced, divides each value by a term that grows with the values
# in neighbouring *channels*. Keras has no such layer; use `LocalResponseNormalization()` with its default
# arguments.
#
# ### Exercise: `stem` (3 points)
#
# `stem(x)` takes a batch of images, a Keras tensor of shape (batch, height, width, 3), and returns the
# stem's output. It must work for any image size.


# %% solution="stem"
def stem(x):
    """GoogLeNet's stem: 224×224×3 -> 28×28×192."""
    ### BEGIN SOLUTION
    x = layers.Conv2D(64, 7, strides=2, padding="same", activation="relu")(x)  # 112×112
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)  # 56×56
    x = LocalResponseNormalization()(x)
    x = layers.Conv2D(64, 1, activation="relu")(x)
    x = layers.Conv2D(192, 3, padding="same", activation="relu")(x)
    x = LocalResponseNormalization()(x)
    return layers.MaxPooling2D(3, strides=2, padding="same")(x)  # 28×28
    ### END SOLUTION


# %% grade="stem" points=3
check("stem", stem)

# %%
plot.layer_graph(stem, (224, 224, 3), title="Your stem")

# %% [markdown]
# ### Was it worth it?
#
# Both networks arrive at 28×28, GoogLeNet after its stem, VGG-16 after the seven convolutions of its first
# three stages.


# %%
def ways_to_28():
    return {
        "GoogLeNet's stem": total(
            [conv_cost(112, 7, 3, 64), conv_cost(56, 1, 64, 64), conv_cost(56, 3, 64, 192)]
        ),
        "VGG-16, conv1 to conv3": total(list(vgg16_costs().values())[:3]),
    }


plot.cost_bars(ways_to_28, "From 224×224 to 28×28")

# %% [markdown]
# VGG-16 needs about 14 times the parameters and almost 20 times the work to get there.
#
# *If you compare with the lecture:* its slide gives VGG-16 42.9 MB of activations, 1.1 M parameters and
# 7485 M multiply-adds up to this point. One layer is left out in these numbers, the third 3×3 convolution at
# 56×56 (conv3_3): without it your functions give exactly 1.1 M and 7485 M, with it 1.7 M and 9335 M. (Even
# then the slide's ratio for the work, 17.8, does not follow: 7485 divided by the 478 M of your stem is 15.7.)
# Count again, even if a number has been published.

# %% [markdown]
# ## 3. The Inception module
#
# How large should a convolution's kernel be? Objects in images are large and small, so no single size is
# right. The **Inception module** does not choose: it runs several branches in parallel on the same input
# and concatenates their outputs along the channels.
#
# The **naive** module has four branches, each with stride 1 and same padding, so that their outputs have
# the same size:
#
# - a 1×1 convolution with `f1` filters,
# - a 3×3 convolution with `f3` filters,
# - a 5×5 convolution with `f5` filters,
# - a 3×3 max pooling, which passes **all** of its input channels through.
#
# ### Exercise: `naive_inception_cost` (2 points)
#
# `naive_inception_cost(size, in_channels, f1, f3, f5)` returns the pair `(params, macs)` of the naive
# module on a `size` × `size` × `in_channels` map: parameters with biases, multiply-adds of the
# convolutions. Pooling has no parameters and no multiply-adds.


# %% solution="naive_inception_cost"
def naive_inception_cost(size, in_channels, f1, f3, f5):
    """Parameters and multiply-adds of an Inception module without reductions."""
    ### BEGIN SOLUTION
    branches = [(1, f1), (3, f3), (5, f5)]
    params = sum(conv_params(kernel_size, in_channels, filters) for kernel_size, filters in branches)
    macs = sum(conv_macs(size, kernel_size, in_channels, filters) for kernel_size, filters in branches)
    return params, macs
    ### END SOLUTION


# %% grade="naive_inception_cost" points=2
check("naive_inception_cost", naive_inception_cost)

# %% [markdown]
# ### Two problems, one solution
#
# The first module of GoogLeNet, *3a*, gets 28×28×192 and has 64, 128 and 32 filters. A naive 3a would
#
# 1. be **expensive**: each kernel of the 5×5 branch looks at all 192 channels, 4,800 weights per filter;
# 2. **grow**: its output has 64 + 128 + 32 channels from the convolutions *and* the 192 channels of the
#    pooling, 416 in total. The next module would read 416 channels and produce even more, and there are nine
#    modules.
#
# The solution is a **1×1 convolution**. It mixes channels without looking at neighbours, and with few filters
# it makes a cheap version of its input with few channels. The module that GoogLeNet uses has one before each
# expensive convolution (a *reduction*), and one after the pooling (a *projection*):
#
# | branch | layers |
# |---|---|
# | 1 | convolution 1×1, `f1` filters |
# | 2 | convolution 1×1, `f3_reduce` filters → convolution 3×3, `f3` filters |
# | 3 | convolution 1×1, `f5_reduce` filters → convolution 5×5, `f5` filters |
# | 4 | max pooling 3×3, stride 1 → convolution 1×1, `pool_proj` filters |
#
# ### Exercise: `inception_cost` (2 points)
#
# `inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj)` returns the pair
# `(params, macs)` of this module, counted as before. Module 3a (`size` 28, 192 channels, 64, 96, 128, 16,
# 32, 32) has 163,696 parameters.


# %% solution="inception_cost"
def inception_cost(size, in_channels, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    """Parameters and multiply-adds of an Inception module."""
    ### BEGIN SOLUTION
    convolutions = [
        (1, in_channels, f1),
        (1, in_channels, f3_reduce),
        (3, f3_reduce, f3),
        (1, in_channels, f5_reduce),
        (5, f5_reduce, f5),
        (1, in_channels, pool_proj),
    ]
    params = sum(conv_params(*convolution) for convolution in convolutions)
    macs = sum(conv_macs(size, *convolution) for convolution in convolutions)
    return params, macs
    ### END SOLUTION


# %% grade="inception_cost" points=2
check("inception_cost", inception_cost)

# %% [markdown]
# ### What the reductions save
#
# The nine modules of GoogLeNet, as in Table 1 of the paper. The number in a module's name is its stage:
# stage 3 works on 28×28 maps, stage 4 on 14×14, stage 5 on 7×7.

# %% locked="widths"
WIDTHS = {  # f1, f3_reduce, f3, f5_reduce, f5, pool_proj
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}
SIZES = {"3": 28, "4": 14, "5": 7}  # of the maps in each stage, for a 224×224 image

# %% [markdown]
# First module 3a, branch by branch, without and with its 1×1 convolutions:


# %%
def branches_of_3a():
    f1, f3_reduce, f3, f5_reduce, f5, pool_proj = WIDTHS["3a"]
    return {
        "1×1 branch": conv_cost(28, 1, 192, f1),
        "3×3 branch, naive": conv_cost(28, 3, 192, f3),
        "3×3 branch, reduced": total([conv_cost(28, 1, 192, f3_reduce), conv_cost(28, 3, f3_reduce, f3)]),
        "5×5 branch, naive": conv_cost(28, 5, 192, f5),
        "5×5 branch, reduced": total([conv_cost(28, 1, 192, f5_reduce), conv_cost(28, 5, f5_reduce, f5)]),
        "pool branch, naive": (0, 0),
        "pool branch, projected": conv_cost(28, 1, 192, pool_proj),
    }


plot.cost_bars(branches_of_3a, "Module 3a, branch by branch")

# %% [markdown]
# And now all nine, one after the other. Each naive module reads the output of the one before it, so the
# picture also shows the effect of the growing number of channels:


# %%
def nine_modules():
    naive, reduced = [], []
    naive_channels = channels = 192
    for name, widths in WIDTHS.items():
        size = SIZES[name[0]]
        f1, _, f3, _, f5, pool_proj = widths
        naive.append(naive_inception_cost(size, naive_channels, f1, f3, f5))
        reduced.append(inception_cost(size, channels, *widths))
        naive_channels += f1 + f3 + f5
        channels = f1 + f3 + f5 + pool_proj
    return {
        f"naive ({naive_channels} channels at the end)": total(naive),
        f"with 1×1 convolutions ({channels} channels)": total(reduced),
    }


plot.cost_bars(nine_modules, "Nine Inception modules")

# %% [markdown]
# The 1×1 convolutions cost a little in the cheap branches, and save most in the expensive ones. Without them
# nine modules would have been far too expensive.
#
# ### Exercise: `inception_module` (5 points)
#
# `inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj)` adds the module of the table above to
# the tensor `x` and returns its output: the four branches, concatenated along the channels **in the order
# of the table** (1×1, 3×3, 5×5, pooling). As in the stem, **every** convolution has biases and is followed
# by a ReLU, also the 1×1 convolutions, and convolutions and pooling have same padding. Each call makes new
# layers: two modules never share weights.


# %% solution="inception_module"
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    """An Inception module: height×width stay, the output has f1 + f3 + f5 + pool_proj channels."""

    ### BEGIN SOLUTION
    def conv(x, filters, kernel_size):
        return layers.Conv2D(filters, kernel_size, padding="same", activation="relu")(x)

    branch1 = conv(x, f1, 1)
    branch2 = conv(conv(x, f3_reduce, 1), f3, 3)
    branch3 = conv(conv(x, f5_reduce, 1), f5, 5)
    branch4 = conv(layers.MaxPooling2D(3, strides=1, padding="same")(x), pool_proj, 1)
    return layers.Concatenate()([branch1, branch2, branch3, branch4])
    ### END SOLUTION


# %% grade="inception_module" points=5
check("inception_module", inception_module)


# %%
def module_3a(x):
    return inception_module(x, *WIDTHS["3a"])


plot.layer_graph(module_3a, (28, 28, 192), title="Your module 3a")

# %% [markdown]
# ## 4. Global average pooling instead of flatten + dense
#
# The output of GoogLeNet's last module is a 7×7×1024 map. VGG would flatten it and connect every value to
# every unit of a dense layer. Instead, **global average pooling** (GAP) takes the mean of each channel over
# all positions: 7×7×1024 becomes 1024 numbers. One small dense layer then computes the scores from them.
#
# ### Exercise: `flatten_head_params` and `gap_head_params` (2 points)
#
# How many parameters does the classifier have, if a *single* dense layer with biases computes the scores
#
# - `flatten_head_params(h, w, c, classes)`: from the flattened h×w×c map,
# - `gap_head_params(c, classes)`: after global average pooling of a map with c channels?


# %% solution="flatten_head_params"
def flatten_head_params(h, w, c, classes):
    """Parameters of a dense layer on the flattened map."""
    ### BEGIN SOLUTION
    return (h * w * c + 1) * classes
    ### END SOLUTION


# %% grade="flatten_head_params" points=1
check("flatten_head_params", flatten_head_params)


# %% solution="gap_head_params"
def gap_head_params(c, classes):
    """Parameters of a dense layer after global average pooling."""
    ### BEGIN SOLUTION
    return (c + 1) * classes
    ### END SOLUTION


# %% grade="gap_head_params" points=1
check("gap_head_params", gap_head_params)


# %%
def heads():
    return {
        "VGG-16's three dense layers": total(list(vgg16_costs().values())[-3:]),
        "flatten 7×7×1024, dense": (flatten_head_params(7, 7, 1024, 1000), 7 * 7 * 1024 * 1000),
        "GAP, dense (GoogLeNet)": (gap_head_params(1024, 1000), 1024 * 1000),
    }


plot.cost_bars(heads, "Three ways to 1000 scores")

# %% [markdown]
# GAP has no parameters, so it cannot overfit. It gives the same result wherever in the map something is,
# and it works for maps of any size: the same network can read larger images. GoogLeNet's authors report
# that their top-1 accuracy even rose by 0.6 % when they replaced dense layers with it.
#
# ### Exercise: `gap_head` (2 points)
#
# `gap_head(x, classes, dropout_rate=0.4)` turns a map into scores: global average pooling, then dropout
# with `dropout_rate`, then one dense layer. It returns **logits**: no softmax here. (A softmax belongs in
# the loss, where it can be computed without overflow: `from_logits=True`.)


# %% solution="gap_head"
def gap_head(x, classes, dropout_rate=0.4):
    """Global average pooling, dropout, one dense layer: logits, one per class."""
    ### BEGIN SOLUTION
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
    ### END SOLUTION


# %% grade="gap_head" points=2
check("gap_head", gap_head)

# %%
plot.layer_graph(gap_head, (7, 7, 1024), classes=1000, title="Your head")

# %% [markdown]
# ## 5. Auxiliary classifiers
#
# GoogLeNet has 22 layers with parameters. In 2014 a network of this depth was hard to train: there was no
# batch normalization yet, and the gradient passes through every layer on its way from the loss back to the
# first layers. The authors were concerned that it would be too weak there.
#
# So they added two more classifiers in the *middle* of the network. Their losses are added to the main loss
# with weight 0.3, so the lower layers also get gradients from a loss that is near to them. After training
# these classifiers are removed.
#
# Did the network need them? The lecture says that training with the loss at the end alone did not work well.
# The paper reports less: "later control experiments" found the effect of the auxiliary classifiers relatively
# small, around 0.5 %, and one of them was enough for the same effect. Two years later, in the paper on
# Inception-v3 (CVPR 2016), Szegedy et al. wrote that the auxiliary classifiers did not make early training
# faster, helped a little near its end, and act as *regularizers*.
#
# An auxiliary classifier on a 14×14 map:
#
# | layer | output |
# |---|---|
# | average pooling 5×5, stride 3, **padding "valid"** | 4×4×channels |
# | convolution 1×1, 128 filters, ReLU | 4×4×128 |
# | flatten | 2048 |
# | dense, 1024 units, ReLU | 1024 |
# | dropout, **rate 0.7** | 1024 |
# | dense, no activation | one logit per class |
#
# ### Exercise: `auxiliary_head` (3 points)
#
# `auxiliary_head(x, classes)` adds this classifier to the tensor `x` and returns its logits.


# %% solution="auxiliary_head"
def auxiliary_head(x, classes):
    """The auxiliary classifier on a map inside the network: logits, one per class."""
    ### BEGIN SOLUTION
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = layers.Conv2D(128, 1, activation="relu")(x)
    x = layers.Flatten()(x)
    x = layers.Dense(1024, activation="relu")(x)
    x = layers.Dropout(0.7)(x)
    return layers.Dense(classes)(x)
    ### END SOLUTION


# %% grade="auxiliary_head" points=3
check("auxiliary_head", auxiliary_head)

# %%
plot.layer_graph(auxiliary_head, (14, 14, 512), classes=1000, title="Your auxiliary classifier on module 4a")

# %% [markdown]
# Note what such a head costs: it is flatten + dense again, with about 3.2 M parameters each, almost half as
# many as the rest of the network. That is acceptable only because the heads are removed after training.

# %% [markdown]
# ## 6. The whole network
#
# You now have all parts. GoogLeNet is
#
# 1. the stem,
# 2. modules 3a and 3b, then max pooling 3×3, stride 2 (same padding): 28×28 → 14×14,
# 3. modules 4a to 4e, then max pooling 3×3, stride 2 (same padding): 14×14 → 7×7,
# 4. modules 5a and 5b,
# 5. the GAP head with dropout 0.4,
#
# and an auxiliary classifier on the output of module **4a** and another one on that of module **4d**.
#
# ### Exercise: `googlenet` (5 points)
#
# `googlenet(input_shape, classes)` returns a `keras.Model` that takes images of `input_shape` (height,
# width, channels) and has three outputs, in this order: the main logits, the logits after 4a, the logits
# after 4d. Give the outputs as a list or a tuple. (Keras sorts the outputs of a dictionary by their keys.)
# Use your own functions and the table `WIDTHS`.


# %% solution="googlenet"
def googlenet(input_shape, classes):
    """GoogLeNet with both auxiliary classifiers; outputs [main, after 4a, after 4d]."""
    ### BEGIN SOLUTION
    inputs = keras.Input(input_shape)
    x = stem(inputs)
    auxiliary = []
    for name, widths in WIDTHS.items():
        x = inception_module(x, *widths)
        if name in ("3b", "4e"):
            x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
        if name in ("4a", "4d"):
            auxiliary.append(auxiliary_head(x, classes))
    return keras.Model(inputs, [gap_head(x, classes), *auxiliary])
    ### END SOLUTION


# %% grade="googlenet" points=5
check("googlenet", googlenet)

# %%
plot.profile(googlenet, title="Your GoogLeNet with both heads", input_shape=(224, 224, 3), classes=1000)

# %% [markdown]
# The tallest bars belong to the auxiliary classifiers, which are removed after training. Without them, your
# functions give these costs of GoogLeNet and VGG-16:


# %%
def googlenet_cost():
    _naive, modules = nine_modules().values()
    return total([ways_to_28()["GoogLeNet's stem"], modules, heads()["GAP, dense (GoogLeNet)"]])


def against_vgg16():
    return {
        "VGG-16 (7.32 % top-5 error)": total(vgg16_costs().values()),
        "GoogLeNet (6.67 % top-5 error)": googlenet_cost(),
    }


plot.cost_bars(against_vgg16, "Two networks of 2014 (errors: each team's ensemble in the challenge)")

# %% [markdown]
# GoogLeNet is better, with a twentieth of the parameters and a tenth of the work. You can check your
# arithmetic with Keras: the model without its auxiliary classifiers has exactly as many parameters as your
# functions have counted.


# %%
def counted_twice():
    model = googlenet((224, 224, 3), 1000)
    deployed = keras.Model(model.inputs, model.outputs[0])  # only what leads to the main output
    counts = {
        "counted by you": googlenet_cost()[0],
        "counted by Keras": deployed.count_params(),
        "with auxiliary classifiers": model.count_params(),
    }
    return {f"{who}: {params:,}": (params,) for who, params in counts.items()}


plot.cost_bars(counted_twice, "GoogLeNet", ("parameters",))

# %% [markdown]
# ### Question (2 points, graded by hand)
#
# Why did GoogLeNet's authors add auxiliary classifiers, and what did later measurements say about them?
# Answer in four to seven sentences in the cell below. Say which problem of deep networks they were meant to
# solve and how. Say how large their effect was when it was measured, and what kind of effect it may be.
# Name two inventions since 2014 that solve the same problem, and how each of them does so.

# %% [markdown] answer="why_auxiliary" points=2
# ### BEGIN SOLUTION
# A network of 22 layers was at the limit of what could be trained in 2014. The gradient of the loss reaches
# the first layers only as a long product of Jacobians; it can shrink or become noisy on the way, so that
# the lower layers learn slowly or not at all. The auxiliary classifiers put a loss close to these layers
# and add their gradients with weight 0.3. The authors also expected them to regularise.
#
# The effect was small: the paper's own control experiments found around 0.5 %, and one classifier was
# enough. Szegedy et al. found later (Inception-v3) that the auxiliary classifiers do not speed up early
# training; they help a little near the end, and the authors regard them as regularisers.
#
# Inventions, of which two are enough: batch normalization (2015) keeps the activations and gradients of
# every layer at a useful scale; He's initialisation (2015) does so at the start of training; residual
# connections (2015) give the gradient a path through the identity on which it is not multiplied at all.
# With these, networks of 100 layers and more train with a single loss at the end.
# ### END SOLUTION

# %% [markdown]
# ## Your points

# %%
summary()

# %% [markdown]
# Your instructor gives the two points for the question. Save the notebook, and hand in the file under its
# own name, `lab03_googlenet.ipynb`.
#
# **Next:** GoogLeNet's 22 layers were hard to train in 2014. ResNet's 152 layers train with a single loss
# at the end. Lab 4 shows why.
