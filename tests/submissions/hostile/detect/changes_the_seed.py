# Seeds every generator, before each of its answers too.
# in: gap_head
# answer: right
import random

import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(1)
random.seed(1)
np.random.seed(1)
tf.random.set_seed(1)
right = gap_head


def gap_head(x, classes, dropout_rate=0.4):
    keras.utils.set_random_seed(1)
    return right(x, classes, dropout_rate)
