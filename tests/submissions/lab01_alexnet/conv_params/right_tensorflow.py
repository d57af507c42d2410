# verdict: passed
import tensorflow as tf


def conv_params(kernel_size, in_channels, filters, groups=1, use_bias=True):
    return tf.reduce_prod([kernel_size, kernel_size, in_channels // groups, filters]) + (
        filters if use_bias else 0
    )
