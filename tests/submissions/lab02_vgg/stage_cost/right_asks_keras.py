# verdict: passed
def stage_cost(size, channels):
    layer = layers.Conv2D(channels, 3, padding="same", use_bias=False)
    shape = layer.compute_output_shape((1, size, size, channels))
    layer.build((None, size, size, channels))
    return 4 * math.prod(shape), layer.count_params(), layer.count_params() * math.prod(shape[1:3])
