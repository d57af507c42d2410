# verdict: failed
# aspect: call
def gradient_norm_by_layer(model, x, y):
    raise NotImplementedError()
