# verdict: failed
# aspect: output
import tensorflow as tf


def stage_cost(size, channels):
    size, channels = tf.constant(size), tf.constant(channels)
    params = 9 * channels**2
    return 4 * size**2 * channels, params, size**2 * params
