# %% locked="setup"
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from cvlabs import plot
from cvlabs.checks import lab
from cvlabs.variables import abstract

check, summary = lab("lab04_resnet")


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


# %% solution="conv_bn_relu"
def conv_bn_relu(x, filters, kernel_size, strides=1):
    """A convolution without biases, batch normalization, ReLU."""
    ### BEGIN SOLUTION
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))
    ### END SOLUTION


# %% grade="conv_bn_relu" points=2
check("conv_bn_relu", conv_bn_relu)


# %% solution="plain_block"
def plain_block(x, filters, strides=1):
    """Two 3×3 convolutions, one behind the other; the first has the stride."""
    ### BEGIN SOLUTION
    x = conv_bn_relu(x, filters, 3, strides)
    return conv_bn_relu(x, filters, 3)
    ### END SOLUTION


# %% grade="plain_block" points=2
check("plain_block", plain_block)


# %% solution="residual_block"
def residual_block(x, filters, strides=1):
    """Two 3×3 convolutions, and the input added to what they put out."""
    ### BEGIN SOLUTION
    y = conv_bn_relu(x, filters, 3, strides)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization()(y)
    if x.shape != y.shape:
        x = layers.Conv2D(filters, 1, strides=strides, use_bias=False)(x)
        x = layers.BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([x, y]))
    ### END SOLUTION


# %% grade="residual_block" points=5
check("residual_block", residual_block)


# %% solution="gradient_norm_by_layer"
def gradient_norm_by_layer(model, x, y):
    """Name and norm of the gradient by the kernel, of each layer that has one."""
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


# %% solution="bottleneck_block"
def bottleneck_block(x, filters, strides=1):
    """1×1 and 3×3 with `filters` filters, 1×1 with four times as many, and the input added."""
    ### BEGIN SOLUTION
    y = conv_bn_relu(x, filters, 1, strides)
    y = conv_bn_relu(y, filters, 3)
    y = layers.Conv2D(4 * filters, 1, use_bias=False)(y)
    y = layers.BatchNormalization()(y)
    if x.shape != y.shape:
        x = layers.Conv2D(4 * filters, 1, strides=strides, use_bias=False)(x)
        x = layers.BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([x, y]))
    ### END SOLUTION


# %% grade="bottleneck_block" points=4
check("bottleneck_block", bottleneck_block)


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


# %% solution="resnet_depth"
def resnet_depth(blocks_per_stage, convs_per_block):
    """The number in a ResNet's name."""
    ### BEGIN SOLUTION
    return 1 + convs_per_block * sum(blocks_per_stage) + 1
    ### END SOLUTION


# %% grade="resnet_depth" points=1
check("resnet_depth", resnet_depth)


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

# %%
summary()
