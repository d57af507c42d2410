# verdict: passed
def flatten_head_params(h, w, c, classes):
    features = layers.Flatten().compute_output_shape((None, h, w, c))[-1]
    return features * classes + classes
