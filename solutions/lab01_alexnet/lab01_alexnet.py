# %% [markdown]
# # Lab 1: AlexNet, or what a network costs
#
# In 2012 a network with eight layers won the ImageNet challenge by a wide margin, and computer vision
# changed within a year. The principle of **AlexNet** was not new: convolutions, pooling and dense layers
# had been known since the 1980s. What was new was its *size*, and the arithmetic that made this size
# possible: 61 million parameters, trained for almost a week on two graphics cards with 3 GB of memory each.
# In 2013 one of the authors of **ZFNet** won with networks of the same design, corrected after its filters
# were made visible.
#
# Every later network in this course is an answer to one question: where do the parameters, the work and the
# memory go, and can they be used better? So you learn to count first:
#
# 1. the arithmetic of **one layer**, by hand: size, parameters, multiply-adds, memory, receptive field
# 2. **AlexNet in numbers**, layer by layer, without building it
# 3. its two unusual parts: **local response normalization** and **groups**
# 4. **AlexNet** as in the paper
# 5. **ZFNet**, and what it changed
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
# - Write your code in any way you like: the functional API, `keras.ops`, your own `Layer`, `Sequential`.
#   Only what your function computes counts, not how it is written or in what order. But each convolution
#   and each dense layer of a table is a layer of its own, with a kernel of the usual Keras shape. (The
#   check does not recognise a layer that is split into two halves, or several layers joined into one. Only
#   a convolution with groups may have one layer for each group.)
# - Later exercises use your earlier functions. When several checks fail, correct the first one first.
# - The last cell adds up your points. Before you hand in the notebook, press *Validate*, the button above it.
#   It saves the notebook, runs all cells in a new kernel, which may take minutes, and lists the checks that
#   fail and the questions without an answer. (*Kernel → Restart Kernel and Run All Cells* stops at the
#   first check that fails.)
# - The first cell takes some seconds. Red lines below it are messages from TensorFlow, and harmless.
#
# The lab has 30 points: 27 for the exercises, which are checked automatically, and 3 for the written question
# at the end. Allow three to four hours, in several sittings if you like. You need no GPU and no internet.
#
# The papers: Krizhevsky, Sutskever, Hinton, *ImageNet Classification with Deep Convolutional Neural
# Networks*, NeurIPS 2012; Zeiler, Fergus, *Visualizing and Understanding Convolutional Networks*, ECCV 2014.

# %% locked="setup"
import keras
from keras import layers, ops

from cvlabs import plot
from cvlabs.checks import lab

check, summary = lab("lab01_alexnet")
COLUMNS = ("parameters", "multiply-adds", "bytes")  # of the bar charts

# %% [markdown]
# ## 1. One layer, by hand
#
# A kernel moves over an image. It starts in the corner and moves on by `strides` pixels as long as it lies
# **completely** inside the image. Each position of the kernel gives one value of the output. Two things
# change the count:
#
# - **padding**: `padding` rows of zeros are added on **each** side of the image, and count as part of it;
# - **dilation**: a kernel with gaps. With `dilation=d`, neighbouring weights lie `d` pixels apart; 1 is an
#   ordinary kernel. Three weights with dilation 2 cover 5 pixels.
#
# Keras has two words for the padding. **"valid"** means no padding, `padding=0`. **"same"** adds as many
# zeros as needed for an output of size / strides values, rounded up: 110 values become 55 with stride 2. If
# the number of zeros is odd, one side gets one zero more than the other. With stride 1 the size stays the
# same.
#
# ### Exercise: `conv_output_size` (2 points)
#
# `conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1)` returns how many values the output
# has along one side: a whole number. AlexNet's first layer (11×11, stride 4, no padding) turns 227 pixels
# into 55. The same formula holds for pooling.


# %% solution="conv_output_size"
def conv_output_size(size, kernel_size, strides=1, padding=0, dilation=1):
    """Size of a convolution's output along one side."""
    ### BEGIN SOLUTION
    covered = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - covered) // strides + 1
    ### END SOLUTION


# %% grade="conv_output_size" points=2
check("conv_output_size", conv_output_size)

# %% [markdown]
# *The paper prints 224×224 for AlexNet's images.* Ask your function: does 224 give the 55×55 maps of the
# same paper's figure 2? With 227 it does, and every implementation that keeps to the rest of the paper
# uses 227. So does this lab.
#
# ### Exercise: `conv_params` and `conv_macs` (2 points)
#
# Each filter of a convolution has a square kernel with a slice for every input channel **that it sees**,
# and one bias if the layer has biases. In a layer with `groups`, the input channels are divided into that
# many equal blocks, and so are the filters: a filter of the first block sees the channels of the first
# block only.
#
# - `conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True)` returns the number of
#   parameters; `use_bias=False` means that there are no biases.
# - `conv_macs(output_size, kernel_size, in_channels, filters, groups=1)` returns the multiply-adds for an
#   output of `output_size` × `output_size` positions. One multiply-add (**MAC**) is one multiplication and
#   the addition of its product to a sum. Adding a bias is not a multiply-add: **biases not counted**.
#
# Both return a whole number; `groups` always divides `in_channels` and `filters`. AlexNet's first layer, 96
# filters of 11×11 on 3 channels, has 34,944 parameters.


# %% solution="conv_params"
def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    """Parameters of a convolution with square kernels."""
    ### BEGIN SOLUTION
    weights = kernel_size * kernel_size * (in_channels // groups)
    return (weights + (1 if use_bias else 0)) * filters
    ### END SOLUTION


# %% grade="conv_params" points=1
check("conv_params", conv_params)


# %% solution="conv_macs"
def conv_macs(output_size, kernel_size, in_channels, filters, groups=1):
    """Multiply-adds of a convolution with square kernels and a square output."""
    ### BEGIN SOLUTION
    positions = output_size * output_size
    return positions * kernel_size * kernel_size * (in_channels // groups) * filters
    ### END SOLUTION


# %% grade="conv_macs" points=1
check("conv_macs", conv_macs)

# %% [markdown]
# ### Exercise: `activation_bytes` (1 point)
#
# The output of a layer must be stored until the next layer has read it, and during training until the
# gradient has been computed. `activation_bytes(shape, dtype="float32")` returns the **bytes** of a tensor:
#
# - `shape` is a tuple of any length: `(55, 55, 96)`, `(4096,)`; `()` is a single number. An entry may be
#   `None`, as in the shapes of Keras, where the size of the batch is not known: count it as 1, for one
#   image.
# - `dtype` is a name that Keras uses: `float64`, `float32`, `float16`, `bfloat16`, `int64`, `int32`,
#   `int16`, `int8` or `uint8`. The number in the name is the size of one value in **bits**.


# %% solution="activation_bytes"
def activation_bytes(shape, dtype="float32"):
    """Bytes of a tensor; unknown axes count as 1."""
    ### BEGIN SOLUTION
    values = 1
    for n in shape:
        values *= 1 if n is None else n
    bits = int(dtype.lstrip("abcdefghijklmnopqrstuvwxyz"))
    return values * bits // 8
    ### END SOLUTION


# %% grade="activation_bytes" points=1
check("activation_bytes", activation_bytes)

# %% [markdown]
# ### What does a larger kernel cost, what does a stride save?
#
# AlexNet's first layer, compared with others that could replace it, each with 96 filters on a 227×227×3
# image. The three columns come from your functions.


# %%
def layer_cost(size, kernel_size, in_channels, filters, strides=1, padding=0, groups=1):
    """(params, macs, bytes) of one convolution, from your functions."""
    output_size = conv_output_size(size, kernel_size, strides, padding)
    return (
        conv_params(kernel_size, in_channels, filters, groups),
        conv_macs(output_size, kernel_size, in_channels, filters, groups),
        activation_bytes((output_size, output_size, filters)),
    )


def first_layers():
    return {
        "11×11, stride 4 (AlexNet)": layer_cost(227, 11, 3, 96, strides=4),
        "11×11, stride 2": layer_cost(227, 11, 3, 96, strides=2),
        "11×11, stride 1": layer_cost(227, 11, 3, 96, strides=1),
        "7×7, stride 2 (ZFNet)": layer_cost(227, 7, 3, 96, strides=2),
        "3×3, stride 1 (VGG)": layer_cost(227, 3, 3, 96, strides=1),
    }


plot.cost_bars(first_layers, "First layers, counted with your functions", COLUMNS)

# %% [markdown]
# A stride does not change the number of parameters, but work and memory fall with the square of the stride.
# That is why early networks make the map small in the first layer. ZFNet and VGG shrink it more slowly, and
# pay for it with more work and memory.
#
# ### Exercise: `receptive_field` (2 points)
#
# How much of the image does one value deep inside the network depend on? One value after a 3×3
# convolution sees 3×3 pixels. After two of them it sees 5×5: each layer adds to the field. After a
# stride, neighbouring values lie several pixels apart, so every later layer adds more.
#
# `receptive_field(layers)` takes a list of pairs `(kernel_size, strides)`, one for each convolution or
# pooling, in order from the image to the output. One value of the last output depends on a square of pixels
# of the image. Return the side of this square. Without any layer (an empty list) it is 1.


# %% solution="receptive_field"
def receptive_field(layers):
    """Side of the square of pixels that one value of the last output depends on."""
    ### BEGIN SOLUTION
    field = jump = 1  # what one value sees; how far neighbouring values lie apart in the image
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * jump
        jump *= strides
    return field
    ### END SOLUTION


# %% grade="receptive_field" points=2
check("receptive_field", receptive_field)

# %% [markdown]
# AlexNet's convolutions and poolings, for the figure here and for the next part:

# %% locked="alexnet-layers"
ALEXNET = [  # name, kernel_size, filters (None: a pooling), strides, padding, groups
    ("conv1", 11, 96, 4, 0, 1),
    ("pool1", 3, None, 2, 0, 1),
    ("conv2", 5, 256, 1, 2, 2),
    ("pool2", 3, None, 2, 0, 1),
    ("conv3", 3, 384, 1, 1, 1),
    ("conv4", 3, 384, 1, 1, 2),
    ("conv5", 3, 256, 1, 1, 2),
    ("pool5", 3, None, 2, 0, 1),
]


# %%
def alexnet_fields():
    stack = [(kernel_size, strides) for _, kernel_size, _, strides, _, _ in ALEXNET]
    return {layer[0]: (receptive_field(stack[:i]),) for i, layer in enumerate(ALEXNET, 1)}


plot.cost_bars(alexnet_fields, "What one value sees of AlexNet's image, along one side", ("pixels",))

# %% [markdown]
# At the end one value sees 195 of 227 pixels: enough for a whole object. Most of the growth comes from the
# strides. A network without strides would have to be very deep to see as much.

# %% [markdown]
# ## 2. AlexNet in numbers
#
# The paper's network, from the image to the scores. Each of the two graphics cards held one half of the
# filters. conv2, conv4 and conv5 read only the maps on their own card, which makes them convolutions with
# **two groups**. conv3 reads all maps.
#
# | name | layer | padding | output | parameters | multiply-adds |
# |---|---|---|---|---|---|
# | | image | | 227×227×3 | | |
# | `conv1` | 96 filters 11×11, stride 4 | 0 | 55×55×96 | 34,944 | ? |
# | `pool1` | max pooling 3×3, stride 2 | 0 | ? | 0 | 0 |
# | `conv2` | 256 filters 5×5, 2 groups | 2 | ? | ? | ? |
# | `pool2` | max pooling 3×3, stride 2 | 0 | ? | 0 | 0 |
# | `conv3` | 384 filters 3×3 | 1 | ? | ? | ? |
# | `conv4` | 384 filters 3×3, 2 groups | 1 | ? | ? | ? |
# | `conv5` | 256 filters 3×3, 2 groups | 1 | ? | ? | ? |
# | `pool5` | max pooling 3×3, stride 2 | 0 | ? | 0 | 0 |
# | `dense6` | dense layer, 4096 units | | `(4096,)` | ? | ? |
# | `dense7` | dense layer, 4096 units | | ? | ? | ? |
# | `dense8` | dense layer, 1000 units | | ? | ? | ? |
#
# The poolings *overlap*: their windows are larger than their strides. ReLU, normalization and dropout have no
# parameters and do not change the shape, so they have no row.
#
# ### Exercise: `count_alexnet` (4 points)
#
# `count_alexnet()` returns the table as a list with one entry for each of the eleven layers, in this order:
#
#     (name, output_shape, params, macs)
#
# with the names above. `output_shape` is a tuple of whole numbers without the batch, `(height, width,
# channels)` for a map and `(units,)` for a dense layer. Every convolution and every dense layer has
# biases: they count as parameters, not as multiply-adds. A dense layer on n values is a convolution with
# a 1×1 kernel on n channels, at one position; dense6 reads all values of pool5's output.
#
# Compute the numbers with your functions, not with a calculator: the list `ALEXNET` above contains the
# convolutions and the poolings. The first entry is `("conv1", (55, 55, 96), 34944, …)`.


# %% solution="count_alexnet"
def count_alexnet():
    """(name, output_shape, params, macs) of every layer of AlexNet."""
    ### BEGIN SOLUTION
    rows, size, channels = [], 227, 3
    for name, kernel_size, filters, strides, padding, groups in ALEXNET:
        size = conv_output_size(size, kernel_size, strides, padding)
        params = macs = 0
        if filters is not None:
            params = conv_params(kernel_size, channels, filters, groups)
            macs = conv_macs(size, kernel_size, channels, filters, groups)
            channels = filters
        rows.append((name, (size, size, channels), params, macs))
    values = size * size * channels
    for name, units in (("dense6", 4096), ("dense7", 4096), ("dense8", 1000)):
        rows.append((name, (units,), conv_params(1, values, units), conv_macs(1, 1, values, units)))
        values = units
    return rows
    ### END SOLUTION


# %% grade="count_alexnet" points=4
check("count_alexnet", count_alexnet)

# %% [markdown]
# ### Your bar chart
#
# Each layer with its parameters, its work and the memory of its output. You need this chart for the question
# at the end.


# %%
def alexnet_costs():
    return {name: (params, macs, activation_bytes(shape)) for name, shape, params, macs in count_alexnet()}


plot.cost_bars(alexnet_costs, "AlexNet, counted by you", COLUMNS)

# %% [markdown]
# ### The lecture's numbers
#
# The lecture gives AlexNet 1.9 MB of memory, 61 M parameters and 0.7 GFLOP. Your numbers are close, but not
# the same. Is one of them wrong? No. **A number means nothing without its convention**, and here two things
# differ:
#
# - *the network*: the lecture counts a later AlexNet (2014) with 64, 192, 384, 256 and 256 filters and
#   without groups. Its first layer has a padding of 2, so that 227 pixels give a 56×56 map;
# - *the counting*: no biases; one "FLOP" is one multiply-add; memory is that of the convolutions' outputs
#   alone, in float32, and "MB" means 1024 × 1024 bytes (properly: MiB).
#
# With your functions and this convention:


# %%
def convolutions(rows):
    """Parameters, multiply-adds and bytes of outputs, of rows (size, kernel, channels, filters, groups)."""
    params = sum(conv_params(*layer, use_bias=False) for _, *layer in rows)
    macs = sum(conv_macs(*row) for row in rows)
    memory = sum(activation_bytes((size, size, filters)) for size, _, _, filters, _ in rows)
    return params, macs, memory


def two_alexnets():
    paper = [(55, 11, 3, 96, 1), (27, 5, 96, 256, 2), (13, 3, 256, 384, 1)]
    paper += [(13, 3, 384, 384, 2), (13, 3, 384, 256, 2)]
    later = [(56, 11, 3, 64, 1), (27, 5, 64, 192, 1), (13, 3, 192, 384, 1)]
    later += [(13, 3, 384, 256, 1), (13, 3, 256, 256, 1)]
    weights = 9216 * 4096 + 4096 * 4096 + 4096 * 1000  # of the dense layers, and their multiply-adds
    costs = {}
    for name, rows in {"the paper's AlexNet": paper, "the lecture's AlexNet": later}.items():
        params, macs, memory = convolutions(rows)
        costs[name] = (params + weights, macs + weights, memory)
    return costs


plot.cost_bars(two_alexnets, "Two AlexNets under the lecture's convention", COLUMNS)

# %% [markdown]
# 61.1 M parameters, 0.717 G multiply-adds and 1.88 MiB: these are the lecture's numbers. The paper's
# network needs a third more memory, and because of its groups it needs nearly the same work. *Whenever you
# compare two numbers, first ask whether both were counted in the same way.*

# %% [markdown]
# ## 3. Two unusual parts
#
# ### Networks in Keras
#
# From here on you build parts of networks. A network in Keras is made of **layers** and **tensors**. Note the
# two pairs of parentheses: `layers.Conv2D(8, 3)` makes a layer, and `layers.Conv2D(8, 3)(x)` also connects it
# to the tensor `x` and returns its output. These tensors are **symbolic**: they have a shape but no values
# yet. `None` in a shape is the size of the batch, which is not known.


# %%
def example(input_shape=(32, 32, 3), classes=10):
    inputs = keras.Input(input_shape)  # a symbolic tensor: (batch, height, width, channels)
    x = layers.Conv2D(8, 3, padding="same")(inputs)
    x = ops.relu(x)  # keras.ops has functions that need no layer
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    outputs = layers.Dense(classes)(x)
    return keras.Model(inputs, outputs)


example().summary()

# %% [markdown]
# ### Local response normalization
#
# A ReLU has no upper bound. In AlexNet, strong responses make those of other filters **at the same position**
# weaker: each value is divided by a term that grows with the squares of the values in neighbouring channels.
# For channel c of a pixel,
#
#     y[c] = x[c] / (bias + alpha * (sum of x[n]**2)) ** beta
#
# where n runs over the channels from c - depth_radius to c + depth_radius, including c itself. Channels
# below 0 or above the last one do not exist and add nothing. `alpha` multiplies the plain sum. (Caffe and
# PyTorch first divide `alpha` by the width of the window, and use other names for the constants.)
#
# ### Exercise: `local_response_norm` (3 points)
#
# `local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75)` takes a Keras tensor of shape
# (batch, height, width, channels) and returns the normalized tensor of the same shape. Compute with
# `keras.ops`, because the tensor is symbolic. The number of channels is known: `x.shape[-1]`. A hint: pad the
# squares with zeros along the last axis, and add up shifted slices of the result.


# %% solution="local_response_norm"
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    """Divides each value by a term of the values in neighbouring channels."""
    ### BEGIN SOLUTION
    channels = x.shape[-1]
    squares = ops.pad(ops.square(x), [(0, 0), (0, 0), (0, 0), (depth_radius, depth_radius)])
    total = squares[..., :channels]
    for i in range(1, 2 * depth_radius + 1):
        total = total + squares[..., i : i + channels]
    return x / ops.power(bias + alpha * total, beta)
    ### END SOLUTION


# %% grade="local_response_norm" points=3
check("local_response_norm", local_response_norm)

# %% [markdown]
# One pixel with 24 channels, before and after your normalization: two strong responses in a field of equal
# ones. (The numbers are exaggerated, `bias=1, alpha=0.2`; with AlexNet's own you would see little.)

# %%
PIXEL = [2.0] * 6 + [10.0] + [2.0] * 9 + [6.0, 6.0] + [2.0] * 6

plot.channels(local_response_norm, PIXEL, title="Your normalization", bias=1.0, alpha=0.2)

# %% [markdown]
# Next to a strong response the weak ones almost disappear: filters compete. According to the paper, LRN
# lowers the top-1 error by 1.4 and the top-5 error by 1.2 percentage points. (The **top-1 error** is the
# percentage of images for which the class with the highest score is wrong; the **top-5 error** is the
# percentage for which the right class is not among the five with the highest scores.) Two years later,
# VGG's authors found that LRN did not help, and later batch normalization replaced it.
#
# ### Groups
#
# In 2012 a network of this size did not fit into the memory of one graphics card. Each card held half of the
# filters of each layer, and in three layers a filter saw only the maps on its own card. This was a way around
# the small memory. Today groups are an ordinary part of a design: ResNeXt and ShuffleNet use them, and
# MobileNet's depthwise convolution has as many groups as channels.
#
# ### Exercise: `grouped_conv` (4 points)
#
# `grouped_conv(x, filters, kernel_size, groups)` adds a convolution with `groups` groups to the tensor
# `x` and returns its output, with `filters` channels: stride 1, **same padding, with biases, no
# activation**. Build it from slices:
#
# - cut `x` along its channels into `groups` equal **contiguous** blocks (`x[..., start:stop]` works on Keras
#   tensors),
# - give each block a `Conv2D` of its own with its share of the filters,
# - concatenate the outputs along the channels, in the order of the blocks.
#
# `groups` divides the number of channels of `x` and `filters`, and may be 1. Each call makes new layers.


# %% solution="grouped_conv"
def grouped_conv(x, filters, kernel_size, groups):
    """A convolution whose filters see only the channels of their group."""
    ### BEGIN SOLUTION
    width = x.shape[-1] // groups
    outputs = [
        layers.Conv2D(filters // groups, kernel_size, padding="same")(x[..., i * width : (i + 1) * width])
        for i in range(groups)
    ]
    return outputs[0] if groups == 1 else layers.Concatenate()(outputs)
    ### END SOLUTION


# %% grade="grouped_conv" points=4
check("grouped_conv", grouped_conv)

# %%
plot.layer_graph(
    grouped_conv, (27, 27, 96), title="Your conv2 of AlexNet", filters=256, kernel_size=5, groups=2
)

# %% [markdown]
# `layers.Conv2D(…, groups=groups)` computes the same. On a CPU, Keras lets XLA compile it, which is often
# slower than your slices.

# %% [markdown]
# ## 4. AlexNet
#
# You now have all parts. The network from top to bottom:
#
# | layer | output |
# |---|---|
# | convolution 11×11, 96 filters, stride 4, padding **"valid"**, ReLU, LRN | 55×55×96 |
# | max pooling 3×3, stride 2, padding "valid" | 27×27×96 |
# | convolution 5×5, 256 filters, **2 groups**, ReLU, LRN | 27×27×256 |
# | max pooling 3×3, stride 2, padding "valid" | 13×13×256 |
# | convolution 3×3, 384 filters, ReLU | 13×13×384 |
# | convolution 3×3, 384 filters, **2 groups**, ReLU | 13×13×384 |
# | convolution 3×3, 256 filters, **2 groups**, ReLU | 13×13×256 |
# | max pooling 3×3, stride 2, padding "valid" | 6×6×256 |
# | flatten | 9216 |
# | dense layer, 4096 units, ReLU, dropout with rate 0.5 | 4096 |
# | dense layer, 4096 units, ReLU, dropout with rate 0.5 | 4096 |
# | dense layer, no activation: **logits** | one for each class |
#
# All convolutions except the first have padding "same" and stride 1. Every convolution and every dense layer
# has biases. LRN comes after the ReLU of the first two convolutions and **before** the pooling, with its
# default constants. There is no softmax: it belongs in the loss, where it can be computed without
# overflow.
#
# ### Exercise: `alexnet` (5 points)
#
# `alexnet(input_shape=(227, 227, 3), classes=1000)` returns a `keras.Model` that takes images of
# `input_shape` (height, width, channels) and returns the logits. Called without arguments it is the paper's
# network, with 60,965,224 parameters. It must also work for other sizes; the flattened map then has another
# length. Use `grouped_conv` and `local_response_norm`.


# %% solution="alexnet"
def alexnet(input_shape=(227, 227, 3), classes=1000):
    """AlexNet as in the paper: two groups, LRN, overlapping pooling."""
    ### BEGIN SOLUTION
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(96, 11, strides=4, activation="relu")(inputs)
    x = layers.MaxPooling2D(3, strides=2)(local_response_norm(x))
    x = ops.relu(grouped_conv(x, 256, 5, groups=2))
    x = layers.MaxPooling2D(3, strides=2)(local_response_norm(x))
    x = layers.Conv2D(384, 3, padding="same", activation="relu")(x)
    x = ops.relu(grouped_conv(x, 384, 3, groups=2))
    x = ops.relu(grouped_conv(x, 256, 3, groups=2))
    x = layers.Flatten()(layers.MaxPooling2D(3, strides=2)(x))
    for _ in range(2):
        x = layers.Dense(4096, activation="relu")(x)
        x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
    ### END SOLUTION


# %% grade="alexnet" points=5
check("alexnet", alexnet)

# %%
plot.profile(alexnet, title="Your AlexNet")

# %% [markdown]
# The first dense layer alone has 38 of the 61 million parameters. In training, dropout keeps the dense
# layers from memorizing the images: each unit is set to zero half of the time, so no unit can rely on
# another one.
#
# Compare your arithmetic with Keras: did you count the network that you have built?


# %%
def counted_twice():
    counts = {"you": sum(row[2] for row in count_alexnet()), "Keras": alexnet().count_params()}
    return {f"counted by {who}: {params:,}": (params,) for who, params in counts.items()}


plot.cost_bars(counted_twice, "AlexNet", ("parameters",))

# %% [markdown]
# ## 5. ZFNet: look inside, then change
#
# Zeiler and Fergus projected the activity of single filters back to the image, to see what they respond to.
# In AlexNet's first layer they found filters for very high and very low frequencies, and few in between. In
# the second layer they found *aliasing*: false patterns, because the stride of 4 in the first layer skips too
# many pixels. Their solution: **smaller kernels, closer together**, 7×7 with stride 2 instead of 11×11 with
# stride 4. The maps become four times as large. To limit the work, the second convolution has a stride, too.
# ZFNet was trained on a single graphics card, so it has no groups.
#
# | layer | output |
# |---|---|
# | one row of **zeros on each side** of the image | 226×226×3 |
# | convolution **7×7**, 96 filters, **stride 2**, padding "valid", ReLU, LRN | 110×110×96 |
# | max pooling 3×3, stride 2, padding **"same"** | 55×55×96 |
# | convolution 5×5, 256 filters, **stride 2**, padding "valid", ReLU, LRN | 26×26×256 |
# | max pooling 3×3, stride 2, padding **"same"** | 13×13×256 |
# | convolution 3×3, 384 filters, padding "same", ReLU | 13×13×384 |
# | convolution 3×3, 384 filters, padding "same", ReLU | 13×13×384 |
# | convolution 3×3, 256 filters, padding "same", ReLU | 13×13×256 |
# | max pooling 3×3, stride 2, padding "valid" | 6×6×256 |
# | AlexNet's three dense layers, with dropout | one logit for each class |
#
# This is the network of the paper's figure 3. The 512, 1024 and 512 filters that the lecture mentions belong
# to a wider variant in the same paper. The paper's figure names the normalization after the pooling.
# Implementations differ, and here LRN comes where AlexNet has it, **before** the pooling.
#
# ### Exercise: `zfnet` (4 points)
#
# `zfnet(input_shape=(224, 224, 3), classes=1000)` returns this network as a `keras.Model` that ends in
# logits. Without arguments it has 62,357,608 parameters.


# %% solution="zfnet"
def zfnet(input_shape=(224, 224, 3), classes=1000):
    """ZFNet: AlexNet with a smaller and denser first layer, without groups."""
    ### BEGIN SOLUTION
    inputs = keras.Input(input_shape)
    x = layers.ZeroPadding2D(1)(inputs)
    x = layers.Conv2D(96, 7, strides=2, activation="relu")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(local_response_norm(x))
    x = layers.Conv2D(256, 5, strides=2, activation="relu")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(local_response_norm(x))
    for filters in (384, 384, 256):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.Flatten()(layers.MaxPooling2D(3, strides=2)(x))
    for _ in range(2):
        x = layers.Dense(4096, activation="relu")(x)
        x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
    ### END SOLUTION


# %% grade="zfnet" points=4
check("zfnet", zfnet)

# %%
plot.profile(zfnet, title="Your ZFNet")

# %% [markdown]
# What the change costs, layer by layer:


# %%
def against_alexnet():
    alexnets = alexnet_costs()
    zfnets = {
        "conv1": layer_cost(224, 7, 3, 96, strides=2, padding=1),
        "conv2": layer_cost(55, 5, 96, 256, strides=2),
        "conv3": layer_cost(13, 3, 256, 384, padding=1),
        "conv4": layer_cost(13, 3, 384, 384, padding=1),
        "conv5": layer_cost(13, 3, 384, 256, padding=1),
    }
    both = {}
    for name, cost in zfnets.items():
        both[f"{name}, AlexNet"] = alexnets[name]
        both[f"{name}, ZFNet"] = cost
    return both


plot.cost_bars(against_alexnet, "The convolutions of AlexNet and ZFNet", COLUMNS)

# %% [markdown]
# The first layer has *fewer* parameters than AlexNet's and four times its memory. conv4 and conv5 cost
# twice as much without groups. In total, ZFNet needs 1.6 times the multiply-adds, and the top-5 error on
# the validation images falls from 18.2 to 16.5 % (one network, ten crops per image). The wider variant
# has an error of 16.0 %, for more than three times AlexNet's work. In 2013 the method was to try sizes until
# the error fell. VGG was the first network that replaced this method with a principle. That is lab 2.
#
# ### Question (3 points, graded by hand)
#
# Where are AlexNet's parameters, where is its work, and where is its memory? Answer in four to eight
# sentences in the cell below, with numbers from **your own bar chart** in part 2. For each of the three, say
# which layers have most of it and *why* (which factor in your formulas is the cause). Then say what you
# would change first if the network had to run (a) on a phone with little storage, (b) with little time
# per image, (c) in training with a large batch on a small graphics card.

# %% [markdown] answer="where_is_the_cost" points=3
# ### BEGIN SOLUTION
# *Parameters*: 58.6 of 61.0 million, 96 %, are in the three dense layers, 37.8 million in dense6 alone. A
# dense layer joins every input to every unit, and dense6 reads 6·6·256 = 9216 values; a convolution uses
# the same small kernel at every position.
#
# *Work*: 666 of 724 million multiply-adds, 92 %, are in the convolutions, most in conv2 (224 M), conv3
# (150 M), conv4 (112 M) and conv1 (105 M). Each weight is used once for every position of the output,
# 3025 times in conv1, but only once in a dense layer.
#
# *Memory*: the outputs are largest where the map is large: conv1 has 1.11 MiB, conv2 729 KiB, pool1 273
# KiB, the other convolutions 169 to 254 KiB each; the dense layers' outputs are 16 KiB and less. The
# square of the map's size decides, not the kernel.
#
# (a) Storage is parameters: replace dense6 (global average pooling, fewer units, or 8-bit weights). (b)
# Time is work: shrink the maps or the channels of conv2 and conv3, or use more groups. (c) In training,
# the outputs of all layers are kept for every image of the batch: shrink the early maps, or store them in
# 16 bits.
# ### END SOLUTION

# %% [markdown]
# ## Your points

# %%
summary()

# %% [markdown]
# Your instructor gives the three points for the question. Save the notebook, and hand in the file under its
# own name, `lab01_alexnet.ipynb`.
#
# **Next:** AlexNet and ZFNet mix kernels of 11, 7, 5 and 3 pixels, found by trial and error. VGG asks what
# happens if all of them are 3×3.
