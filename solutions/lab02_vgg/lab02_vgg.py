# %% [markdown]
# # Lab 2: VGG, or what a principled design is
#
# AlexNet (2012) and ZFNet (2013) were found by trial and error: kernels of 11×11 in one and 7×7 in the other,
# strides of 4 and of 2, and as many channels as the GPUs had memory for. **VGG** (2014) was the first network
# with rules that fit into three lines:
#
# - all convolutions are 3×3, stride 1, padding 1,
# - all max poolings are 2×2, stride 2,
# - after a pooling, the channels double.
#
# Only one thing is left to choose: the number of convolutions in each of the five stages. This number is the
# only difference between VGG-16 and VGG-19.
#
# In this lab you find out *why* these rules are good, build the network from its table, compare it with
# AlexNet, and check the numbers that were published about it:
#
# 1. why only 3×3
# 2. why halving the map and doubling the channels does not change the work
# 3. the network
# 4. what it costs, compared with AlexNet
# 5. an **audit**: you check published numbers by counting again
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
# - Write your code in any way you like. Only what your function computes counts, not how it is written. But
#   each convolution and each dense layer of a table is a layer of its own, with a kernel of the usual Keras
#   shape. (The check does not recognise a layer that is split into two halves, or several layers joined into
#   one.)
# - Later exercises use your earlier functions. When several checks fail, correct the first one first.
# - The last cell adds up your points. Before you hand in the notebook, press *Validate*, the button above it.
#   It saves the notebook, runs all cells in a new kernel, which may take minutes, and lists the checks that
#   fail and the questions without an answer. (*Kernel → Restart Kernel and Run All Cells* stops at the
#   first check that fails.)
# - The first cell takes some seconds. Red lines below it are messages from TensorFlow, and harmless.
#
# The lab has 25 points: 21 for the exercises, which are checked automatically, and 4 for the two written
# questions at the end. Allow about three hours, in several sittings if you like. You need no GPU and no
# internet.
#
# The paper: Simonyan and Zisserman, *Very Deep Convolutional Networks for Large-Scale Image Recognition*,
# ICLR 2015.
#
# ### What is counted, in the whole lab
#
# A number means nothing without its convention. This lab uses the lecture's:
#
# | number | convention |
# |---|---|
# | parameters | weights only, **no biases** |
# | multiply-adds (MACs) | a multiplication and the addition of its product are **one**; no biases |
# | memory | outputs of **convolutions**, for one image, as float32: **4 bytes** a value |
# | MiB | 2²⁰ = 1,048,576 bytes |
#
# The lecture calls one multiply-add a "Flop", and a MiB an MB. Outputs of poolings and of dense layers are
# never counted as memory. Only the network that you build in part 3 has biases, as the real one does.

# %% locked="setup"
import math

import keras
from keras import layers, ops

from cvlabs import plot
from cvlabs.checks import experiment, lab
from cvlabs.variables import abstract

check, summary = lab("lab02_vgg")

# %% [markdown]
# ## 1. Why only 3×3?
#
# A value after one 3×3 convolution depends on 3×3 values of the input. A value after a second 3×3 convolution
# (stride 1) depends on 3×3 values of the first one's output. These reach one step further on both sides, so
# together they depend on 5×5 values of the input. So two small kernels *see* as much as one kernel of 5×5.
#
# ### Exercise: `equivalent_depth` (1 point)
#
# `equivalent_depth(kernel_size)` returns how many 3×3 convolutions with stride 1, one after the other, see
# exactly as far as one convolution of `kernel_size` × `kernel_size`. `kernel_size` is odd and at least 3.
# The result is a whole number; for 5 it is 2.


# %% solution="equivalent_depth"
def equivalent_depth(kernel_size):
    """How many 3×3 convolutions see as far as one of kernel_size × kernel_size."""
    ### BEGIN SOLUTION
    return (kernel_size - 1) // 2
    ### END SOLUTION


# %% grade="equivalent_depth" points=1
check("equivalent_depth", equivalent_depth)

# %% [markdown]
# ### Exercise: `stacked_params` and `stacked_macs` (2 points)
#
# The lecture compares two cases: one 5×5 convolution from C to C channels, with 25C² weights, and two 3×3
# convolutions from C to C channels, with 18C². Write both counts for any stack: `depth` convolutions, one
# after the other, each with square kernels of side `kernel_size`, each from `channels` to `channels`
# channels.
#
# - `stacked_params(kernel_size, depth, channels)` returns the parameters of the whole stack, **biases not
#   counted**.
# - `stacked_macs(size, kernel_size, depth, channels)` returns its multiply-adds on a `size` × `size` map,
#   **biases not counted**. All convolutions have stride 1 and same padding, so every map in the stack is
#   `size` × `size`.
#
# Both return a whole number.


# %% solution="stacked_params"
def stacked_params(kernel_size, depth, channels):
    """Weights of `depth` convolutions, each from `channels` to `channels`."""
    ### BEGIN SOLUTION
    return depth * kernel_size**2 * channels**2
    ### END SOLUTION


# %% grade="stacked_params" points=1
check("stacked_params", stacked_params)


# %% solution="stacked_macs"
def stacked_macs(size, kernel_size, depth, channels):
    """Multiply-adds of these convolutions on a size×size map."""
    ### BEGIN SOLUTION
    return size**2 * stacked_params(kernel_size, depth, channels)
    ### END SOLUTION


# %% grade="stacked_macs" points=1
check("stacked_macs", stacked_macs)

# %% [markdown]
# ### One large kernel, or several small ones
#
# With your functions: single convolutions of 5×5, 7×7 and 11×11 (AlexNet's first), each compared with the
# stack of 3×3 convolutions that sees as far, on a 56×56 map with 256 channels.


# %%
def large_and_small():
    found = {}
    for kernel_size in (5, 7, 11):
        depth = int(equivalent_depth(kernel_size))
        for side, count in ((kernel_size, 1), (3, depth)):
            label = f"{count} × ({side}×{side}), sees {kernel_size}×{kernel_size}"
            found[label] = (stacked_params(side, count, 256), stacked_macs(56, side, count, 256))
    return found


plot.cost_bars(large_and_small, "One large kernel against a stack of 3×3, 256 channels on 56×56")

# %% [markdown]
# The stack is cheaper in both columns, and the larger the kernel that it replaces, the more it saves: 28 %
# for 5×5, 45 % for 7×7, 63 % for 11×11. It also has a ReLU after *each* convolution, so it can compute
# functions that the single convolution cannot. An even smaller kernel does not help to see further: 1×1
# does not look at its neighbours at all (lab 3 has another use for it), and a kernel of even size has no
# middle.
#
# The price is memory. Every convolution of the stack has a map of its own as output, which training must keep
# for the backward pass.

# %% [markdown]
# ### Does it learn as well?
#
# A lower cost does not help if the network gets worse. Try it: two small networks that see equally far, on
# images of *shapes*: ten outlines with textures, at any place and in any size and colour. Both networks
# have a first convolution to 32 channels and three stages. A stage is one 5×5 convolution in one network,
# two 3×3 convolutions in the other, always from 32 to 32 channels, and then a pooling. So the lecture's
# 25C² is compared with its 18C². Both train on the same 2,000 images, 16×16 pixels each, in the same order,
# with the same number of steps.

# %% locked="small_vgg"
SIZE, IMAGES, EPOCHS = 16, 2000, 16


def small_vgg(kernel_size, depth):
    """A first convolution to 32 channels, three stages of `depth` convolutions, average, logits."""

    def conv(x, kernel_size):
        return layers.Conv2D(
            32, kernel_size, padding="same", activation="relu", kernel_initializer="he_normal"
        )(x)

    inputs = keras.Input((SIZE, SIZE, 3))
    x = conv(layers.Rescaling(1 / 64, offset=-2)(inputs), 3)  # pixels to values around 0
    for _ in range(3):
        for _ in range(depth):
            x = conv(x, kernel_size)
        x = layers.MaxPooling2D(2)(x)
    return keras.Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


def train_and_test(kernel_size, depth, seed=0):
    """Trains a network. Returns (epoch, error in percent) on the training and on the test images."""
    from cvlabs.data import load

    images, labels = next(iter(load("shapes", batch_size=IMAGES, image_size=SIZE, seed=seed)))
    test = next(iter(load("shapes", "test", batch_size=1000, image_size=SIZE, seed=seed)))
    keras.utils.set_random_seed(seed)
    model = small_vgg(kernel_size, depth)
    rate = keras.optimizers.schedules.CosineDecay(0.003, EPOCHS * IMAGES // 50)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"], jit_compile=False)
    history = model.fit(images, labels, batch_size=50, epochs=EPOCHS, validation_data=test, verbose=0).history
    print(f"{depth} × ({kernel_size}×{kernel_size}): {model.count_params():,} parameters")
    columns = history["accuracy"], history["val_accuracy"]
    return [[(epoch, 100 - 100 * a) for epoch, a in enumerate(column, 1)] for column in columns]


# %% [markdown]
# This takes a minute or two. (It is not run while grading.)


# %%
def kernels_compared():
    one, two = train_and_test(5, 1), train_and_test(3, int(equivalent_depth(5)))
    names = "one 5×5", "two 3×3"
    return [dict(zip(names, errors, strict=True)) for errors in zip(one, two, strict=True)]


on_training, on_test = experiment(kernels_compared) or (None, None)

# %%
plot.lines(
    {"training images": on_training, "test images": on_test},
    ["epoch", "epoch"],
    "error in percent",
    title="One 5×5 against two 3×3",
)

# %% [markdown]
# With 27 % fewer parameters the stack learns *better*. It starts a little more slowly, and ends with fewer
# mistakes, on the training images as well as on images that it has not seen. The ReLU in between is worth
# more than the larger kernel.
#
# One pair of trainings proves little, of course. We tried five seeds on each of two computers, which round
# differently: nine times the stack's test error was 1 to 18 percentage points lower, once it was 2 points
# higher. Try it: add `seed=1` to both calls of `train_and_test`.

# %% [markdown]
# ## 2. Halve the map, double the channels
#
# This is the lecture's second argument. A stage works on a map of C channels; a pooling halves both sides,
# and the next stage has 2C channels. What does *one* 3×3 convolution cost in each stage?
#
# | | map | convolution | memory (values) | parameters | multiply-adds |
# |---|---|---|---|---|---|
# | Case 1 | C × 2H × 2W | 3×3, C → C | 4CHW | 9C² | 36HWC² |
# | Case 2 | 2C × H × W | 3×3, 2C → 2C | 2CHW | 36C² | 36HWC² |
#
# ### Exercise: `stage_cost` (2 points)
#
# `stage_cost(size, channels)` returns `(memory_bytes, params, macs)` of one 3×3 convolution from `channels`
# to `channels` channels with same padding on a `size` × `size` map:
#
# - `memory_bytes`: the bytes of its output for one image, as float32,
# - `params`: its parameters, **biases not counted**,
# - `macs`: its multiply-adds, **biases not counted**.
#
# `size` is the side of the map on which the convolution works: 2H in the lecture's Case 1 and H in its
# Case 2. All three results are whole numbers.


# %% solution="stage_cost"
def stage_cost(size, channels):
    """(memory_bytes, params, macs) of one 3×3 convolution within a stage."""
    ### BEGIN SOLUTION
    params = 3 * 3 * channels * channels
    return 4 * size * size * channels, params, size * size * params
    ### END SOLUTION


# %% grade="stage_cost" points=2
check("stage_cost", stage_cost)

# %% [markdown]
# Along the five stages of VGG, on images of 224×224:

# %% locked="stages"
FILTERS = (64, 128, 256, 512, 512)  # of the convolutions in each stage
SIZES = (224, 112, 56, 28, 14)  # of the maps on which they work, for a 224×224 image


# %%
def stage_costs():
    found = {}
    for stage, (size, channels) in enumerate(zip(SIZES, FILTERS, strict=True), 1):
        memory_bytes, params, macs = stage_cost(size, channels)
        found[f"stage {stage}: {size}×{size}×{channels}"] = (memory_bytes / 2**20, params, macs)
    return found


plot.cost_bars(
    stage_costs, "One 3×3 convolution in each stage", ("memory in MiB", "parameters", "multiply-adds")
)

# %% [markdown]
# From stage to stage the memory halves, the parameters are multiplied by four, and the **work stays the
# same**: no stage needs most of the time. The maps are largest at the beginning, the weights at the end.
#
# The last stage is an exception. Its channels do not double any more, so its convolutions need only a quarter
# of the work. The authors did not follow the rule where the next step would have cost too much: 1024 channels
# would have doubled the dense layer after them, which already has a hundred million parameters.

# %% [markdown]
# ## 3. The network
#
# All VGGs have the same plan. Only the number of convolutions in each stage changes:
#
# | | filters | VGG-16 | VGG-19 | map after the stage, for 224×224 |
# |---|---|---|---|---|
# | stage 1 | 64 | 2 | 2 | 112×112×64 |
# | stage 2 | 128 | 2 | 2 | 56×56×128 |
# | stage 3 | 256 | 3 | 4 | 28×28×256 |
# | stage 4 | 512 | 3 | 4 | 14×14×512 |
# | stage 5 | 512 | 3 | 4 | 7×7×512 |
# | flatten | | | | 25,088 |
# | dense, ReLU, dropout 0.5 | 4096 | | | 4096 |
# | dense, ReLU, dropout 0.5 | 4096 | | | 4096 |
# | dense | `classes` | | | one logit per class |
#
# ### Exercise: `vgg_block` (4 points)
#
# `vgg_block(x, filters, convs)` adds one stage to the tensor `x` and returns its output:
#
# - `convs` convolutions, one after the other, each 3×3, stride 1, same padding, `filters` filters, **with
#   biases**, each followed by a ReLU;
# - then one max pooling, 2×2, stride 2, **without padding**: if a side is odd, its last row or column is
#   dropped (7 → 3).
#
# It must work for maps of any size and any number of channels. Each call makes new layers: two stages never
# share weights. There is no batch normalization; it was invented half a year later.


# %% solution="vgg_block"
def vgg_block(x, filters, convs):
    """A stage of VGG: `convs` 3×3 convolutions with ReLU, then 2×2 max pooling."""
    ### BEGIN SOLUTION
    for _ in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)
    ### END SOLUTION


# %% grade="vgg_block" points=4
check("vgg_block", vgg_block)

# %%
plot.layer_graph(vgg_block, (56, 56, 128), filters=256, convs=3, title="Your stage 3 of VGG-16")

# %% [markdown]
# ### Exercise: `vgg` (5 points)
#
# `vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000)` returns the network of the table as a
# `keras.Model` with one output, the **logits** (no softmax):
#
# - `convs_per_stage` is a tuple of five whole numbers, the number of convolutions in each stage, for example
#   `VGG16` below; the stages' filters are those in `FILTERS`;
# - `input_shape` is (height, width, channels) of the images, at least 32×32. The last map is flattened
#   without any other change, so the size of the first dense layer depends on the size of the images;
# - `classes` is the number of logits;
# - all layers have biases; both hidden dense layers have 4096 units for any input, with a ReLU and, after it,
#   dropout with rate 0.5.

# %% locked="vgg_tables"
VGG16 = (2, 2, 3, 3, 3)
VGG19 = (2, 2, 4, 4, 4)


# %% solution="vgg"
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    """VGG from the numbers of convolutions in its five stages."""
    ### BEGIN SOLUTION
    x = inputs = keras.Input(input_shape)
    for filters, convs in zip(FILTERS, convs_per_stage, strict=True):
        x = vgg_block(x, filters, convs)
    x = layers.Flatten()(x)
    for _ in range(2):
        x = layers.Dense(4096, activation="relu")(x)
        x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
    ### END SOLUTION


# %% grade="vgg" points=5
check("vgg", vgg)

# %% [markdown]
# The whole network has more than a hundred million weights, half a gigabyte. For a picture only the number of
# weights matters, so `full_size` builds your network without giving them values:


# %% locked="full_size"
def full_size(convs_per_stage):
    """Your VGG for images of 224×224, without values in its weights."""
    with abstract():
        return vgg(convs_per_stage)


# %%
plot.profile(full_size, title="Your VGG-16, with biases", convs_per_stage=VGG16)

# %% [markdown]
# Nine of ten parameters are in the dense layers, most of them in the first one. Nine tenths of the memory are
# in the first three stages. Lab 3 shows how GoogLeNet avoids both.

# %% [markdown]
# ## 4. What it costs
#
# For the rest of the lab a network is a **cost table**: a list of rows
#
#     (name, output_shape, params, macs)
#
# one for each convolution and each dense layer, from the image to the logits. `output_shape` is
# `(height, width, channels)` for a convolution and `(units,)` for a dense layer. Poolings have no row.
# Biases are not counted.
#
# The cell below contains the AlexNet of the lecture's comparison (227×227 images; 64, 192, 384, 256 and 256
# filters; stride 4 and padding 2 in conv1), and `cost_table`, which makes the cost table of *your* network
# from your model. It understands `Conv2D` and `Dense` layers, also inside nested models.

# %% locked="cost_tables"
ALEXNET = [
    ("conv1", (56, 56, 64), 23_232, 72_855_552),
    ("conv2", (27, 27, 192), 307_200, 223_948_800),
    ("conv3", (13, 13, 384), 663_552, 112_140_288),
    ("conv4", (13, 13, 256), 884_736, 149_520_384),
    ("conv5", (13, 13, 256), 589_824, 99_680_256),
    ("dense1", (4096,), 37_748_736, 37_748_736),
    ("dense2", (4096,), 16_777_216, 16_777_216),
    ("dense3", (1000,), 4_096_000, 4_096_000),
]


def weighted_layers(model):
    """The layers of a model that have weights, also those inside nested models."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from weighted_layers(layer)
        elif layer.weights:
            yield layer


def cost_table(convs_per_stage):
    """The cost table of your VGG for images of 224×224, named after stages: conv1_1, conv1_2, conv2_1, …"""
    rows, stage, i, size, dense = [], 0, 0, None, 0
    for layer in weighted_layers(full_size(convs_per_stage)):
        if not isinstance(layer, layers.Conv2D | layers.Dense):
            raise TypeError(f"cost_table reads Conv2D and Dense, not {type(layer).__name__}")
        shape = tuple(layer.output.shape[1:])
        params = math.prod(layer.kernel.shape)
        if isinstance(layer, layers.Conv2D):
            stage, i = (stage, i + 1) if shape[0] == size else (stage + 1, 1)
            name, size = f"conv{stage}_{i}", shape[0]
        else:
            dense += 1
            name = f"dense{dense}"
        rows.append((name, shape, params, params * math.prod(shape[:-1])))
    return rows


# %% [markdown]
# ### Exercise: `compare_costs` (3 points)
#
# `compare_costs(a, b)` takes two cost tables and returns three ratios `(memory, params, macs)`: each is the
# total of network `b` divided by the total of network `a`.
#
# - memory: of the outputs of **convolutions** only, which are the rows whose `output_shape` has three
#   entries,
# - parameters: of all rows,
# - multiply-adds: of all rows.
#
# Do not round, neither the totals nor the ratios. A relative error of one in a million is allowed.


# %% solution="compare_costs"
def compare_costs(a, b):
    """(memory, params, macs) of network b, as multiples of network a's."""

    ### BEGIN SOLUTION
    def totals(table):
        memory = sum(math.prod(shape) for _, shape, _, _ in table if len(shape) == 3)
        return memory, sum(row[2] for row in table), sum(row[3] for row in table)

    return tuple(of_b / of_a for of_a, of_b in zip(totals(a), totals(b), strict=True))
    ### END SOLUTION


# %% grade="compare_costs" points=3
check("compare_costs", compare_costs)


# %%
def against_alexnet():
    tables = {"VGG-16": cost_table(VGG16), "VGG-19": cost_table(VGG19)}
    ratios = {name: compare_costs(ALEXNET, table) for name, table in tables.items()}
    lecture = {"the lecture, for VGG-16": (25, 2.3, 19.4)}
    return {"AlexNet": (1, 1, 1)} | lecture | ratios


plot.cost_bars(against_alexnet, "Times AlexNet's cost", ("memory", "parameters", "multiply-adds"))

# %% [markdown]
# The lecture gives these ratios for VGG-16:
#
# | | AlexNet | VGG-16 | ratio |
# |---|---|---|---|
# | memory | 1.9 MB | 48.6 MB | 25× |
# | parameters | 61 M | 138 M | 2.3× |
# | multiply-adds | 0.7 G | 13.6 G | 19.4× |
#
# Your ratios are 27.5, 2.26 and 21.6. The parameters agree, the other two do not. One reason is that the
# lecture divides rounded numbers: 13.6 / 0.7 is 19.4, but AlexNet has 0.717 G, so without rounding the same
# 13.6 G would give 19.0. But 19.0 is even further from your 21.6, so rounding cannot be the explanation.
# Something else must be missing.

# %% [markdown]
# ## 5. The audit
#
# An **audit** is a careful check of numbers that somebody else has published: you count again, and explain
# every difference. The lecture's numbers for AlexNet can be reproduced: 1.88 MiB, 61.1 M, 0.717 G. Those for
# VGG-16 cannot. Your table gives, in the units of the lecture:


# %%
def published_and_counted():
    table = cost_table(VGG16)
    maps = sum(math.prod(shape) for _, shape, _, _ in table if len(shape) == 3)
    params, macs = sum(row[2] for row in table), sum(row[3] for row in table)
    return {
        "published in the lecture": (48.6, 138e6, 13.6e9),
        "counted from your VGG-16": (4 * maps / 2**20, params, macs),
    }


plot.cost_bars(published_and_counted, "VGG-16, twice", ("memory in MiB", "parameters", "multiply-adds"))

# %% [markdown]
# The published memory is 6 % too low, the published multiply-adds 12 %. Perhaps a layer was left out when
# they were added up. Which one? A missing layer leaves a gap in *both* totals, and the two gaps tell which
# layers it can be. A program can find them.
#
# ### Exercise: `find_omitted_layer` (4 points)
#
# `find_omitted_layer(published_macs, published_memory, layers)` names the layers that may have been left out
# of two published totals.
#
# - `published_macs` is a total in **billions** (10⁹) of multiply-adds, **rounded to one decimal**: 13.6;
# - `published_memory` is a total in **MiB** (2²⁰ bytes) of the outputs of convolutions as float32, **rounded
#   to one decimal**: 48.6;
# - `layers` is the true cost table of the network.
#
# It returns a **list of names**, in the order of the table. In both steps, **round the totals**, not the
# costs of single layers:
#
# 1. If the totals of the *whole* table, rounded to one decimal, are both equal to the published ones, then
#    nothing was left out: return the empty list.
# 2. Otherwise, return the names of **all** layers for which this is true: the totals of the table *without
#    that one layer*, rounded to one decimal, are both equal to the published ones. There may be several
#    such layers, because layers of the same shape cost the same. There may also be none, if no single layer
#    explains the numbers.
#
# Any layer can be missing, also a dense one. No total in the checks is so close to the middle between two
# decimals that the method of rounding could matter.


# %% solution="find_omitted_layer"
def find_omitted_layer(published_macs, published_memory, layers):
    """Names of the layers without which the totals are the published ones."""

    ### BEGIN SOLUTION
    def fits(rows):
        macs = sum(row[3] for row in rows) / 1e9
        memory = sum(4 * math.prod(row[1]) for row in rows if len(row[1]) == 3) / 2**20
        return (round(macs, 1), round(memory, 1)) == (published_macs, published_memory)

    if fits(layers):
        return []
    return [row[0] for i, row in enumerate(layers) if fits(layers[:i] + layers[i + 1 :])]
    ### END SOLUTION


# %% grade="find_omitted_layer" points=4
check("find_omitted_layer", find_omitted_layer)

# %% [markdown]
# Now use it on the lecture's numbers. The picture shows the two gaps on top, and below them the gap that each
# convolution of your VGG-16 would leave. The layers that your function names are marked.


# %%
def clues():
    table = cost_table(VGG16)
    named = find_omitted_layer(13.6, 48.6, table)
    memory_gap = published_and_counted()["counted from your VGG-16"][0] - 48.6
    found = {"the gaps": (sum(row[3] for row in table) - 13.6e9, memory_gap)}
    for name, shape, _, macs in table:
        if len(shape) == 3:
            mark = "→ " if name in named else ""
            found[f"{mark}{name}, {shape[0]}×{shape[1]}×{shape[2]}"] = (macs, 4 * math.prod(shape) / 2**20)
    return found


plot.cost_bars(clues, "Which layer fits both gaps?", ("multiply-adds", "memory in MiB"))

# %% [markdown]
# The multiply-adds alone cannot decide: because of halving and doubling, the convolutions of four stages have
# the same work, so six of them would fit. The memory shows that the stage is that of 56×56×256, and the
# multiply-adds show that it is not the first layer of that stage. `conv3_2` and `conv3_3` are left. They are
# equal in every number, so arithmetic cannot go further, and an honest answer names both.
#
# The lecture itself answers the rest. Its figure of VGG-16 shows two convolutions in stage 3, conv3-1 and
# conv3-2, and then the pooling. So the third one, **conv3_3**, is missing, both in the figure and in the
# numbers. Without it the totals are 48.617 MiB and 13.621 G, which agree with the lecture in every printed
# digit. The parameters could not show the mistake: with conv3_3 they are 138.3 M, without it 137.8 M, and
# both are printed as 138 M.
#
# Such mistakes live long, because numbers are copied and not counted again. In the lecture this one also
# appears in the 13.6 that is compared with ResNet's 3.6, and in the comparison with GoogLeNet's stem, which
# you will see in lab 3.

# %% [markdown]
# ### Question 1 (2 points, graded by hand)
#
# The lecture calls VGG the first architecture with a *principled* design. What does that mean? Answer in
# four to eight sentences. Name the rules, give for each the reason that you have calculated in this lab,
# and name one place where VGG's design is nevertheless wasteful.

# %% [markdown] answer="why_principled" points=2
# ### BEGIN SOLUTION
# The design follows from a few rules with reasons, and not from trying sizes layer by layer. (1) All
# convolutions are 3×3: a stack of (k−1)/2 of them sees as far as one k×k kernel, needs fewer weights and
# multiply-adds (18C² instead of 25C² for 5×5), and has more ReLUs. (2) Each pooling halves the map and the
# channels double: then a convolution costs the same work in every stage, the memory halves and the
# parameters grow fourfold, so no stage is a bottleneck. (3) With kernels and widths given, depth is the
# only thing left to choose, so networks of one family (11 to 19 layers) can be compared in a controlled way,
# and the paper could show that depth helps.
#
# Wasteful are the dense layers, above all the first one, which reads the flattened 7×7×512 map: 103 M of
# the 138 M parameters. Also wasteful: two convolutions at full resolution, whose maps take nearly half
# of the memory.
# ### END SOLUTION

# %% [markdown]
# ### Question 2 (2 points, graded by hand)
#
# What does the audit teach? Answer in four to eight sentences. Suppose that `conv4_1` had been left out of
# the totals instead: which layers would fit each of the two gaps, and would both gaps together decide?
# Which layers of VGG-16 can never be distinguished by totals, and why? What else should the lecture's table
# say, so that a reader could check its numbers?

# %% [markdown] answer="what_the_audit_teaches" points=2
# ### BEGIN SOLUTION
# Published totals can be wrong, and whoever can count can find it out. Without conv4_1 the gap in the
# multiply-adds would be 0.925 G, which fits the first convolutions of stages 2, 3 and 4, because halving and
# doubling keeps the work of a convolution unchanged. The gap in the memory would be 1.53 MiB, which fits all
# three layers of stage 4, because their outputs have equal size. Only conv4_1 fits both: it would be found.
# Never told apart are layers with the same input and output: conv3_2 and conv3_3, conv4_2 and conv4_3, and
# all three of stage 5. There only another source helps, here the figure. When a number cannot be reproduced,
# one should say so, and not bend the count until it fits.
#
# The table would have to state its conventions (which layers and outputs are counted, biases or not, one or
# two operations for a multiply-add, bytes per value, 10⁶ or 2²⁰, the input size), more digits, and best the
# costs of each layer, so that the sum can be checked.
# ### END SOLUTION

# %% [markdown]
# ## Your points

# %%
summary()

# %% [markdown]
# Your instructor gives the four points for the questions. Save the notebook, and hand in the file under its
# own name, `lab02_vgg.ipynb`.
#
# **Next:** VGG is simple and expensive. GoogLeNet, of the same year, is better with a twentieth of the
# parameters. Lab 3 builds it.
