# verdict: failed
# aspect: call
import numpy as np


def gap_head(x, classes, dropout_rate=0.4):
    features = np.mean(x, axis=(1, 2))
    return layers.Dense(classes)(features)
