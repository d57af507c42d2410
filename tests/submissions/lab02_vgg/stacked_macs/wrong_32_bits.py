# verdict: failed
# aspect: output
import tensorflow as tf


def stacked_macs(size, kernel_size, depth, channels):
    return tf.reduce_prod([size, size, kernel_size, kernel_size, channels, channels, depth])
