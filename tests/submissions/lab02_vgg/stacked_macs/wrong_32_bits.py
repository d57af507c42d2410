# verdict: failed
# aspect: output
# misconception: macs_in_32_bits
import tensorflow as tf


def stacked_macs(size, kernel_size, depth, channels):
    return tf.reduce_prod([size, size, kernel_size, kernel_size, channels, channels, depth])
