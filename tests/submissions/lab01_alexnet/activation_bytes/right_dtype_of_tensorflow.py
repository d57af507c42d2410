# verdict: passed
import tensorflow as tf


def activation_bytes(shape, dtype="float32"):
    n = 1
    for s in shape:
        n = n * (s if s else 1)
    return n * tf.as_dtype(dtype).size
