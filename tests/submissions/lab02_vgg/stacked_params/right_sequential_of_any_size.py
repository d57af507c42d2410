# verdict: passed
def stacked_params(kernel_size, depth, channels):
    m = keras.Sequential(
        [keras.Input((None, None, channels))]
        + [layers.Conv2D(channels, kernel_size, padding="same", use_bias=False) for _ in range(depth)]
    )
    return m.count_params()
