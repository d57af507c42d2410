# verdict: passed
def bottleneck_cost(size, in_channels, filters, strides):
    with abstract():
        x = keras.Input((size, size, in_channels))
        model = keras.Model(x, bottleneck_block(x, filters, strides))
    params = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    out = model.output.shape[1]
    return params, sum(int(np.prod(w.shape)) for w in model.trainable_weights if len(w.shape) == 4) * out**2
