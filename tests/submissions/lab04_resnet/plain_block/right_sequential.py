# verdict: passed
def plain_block(x, filters, strides=1):
    block = keras.Sequential()
    for step in (strides, 1):
        block.add(layers.Conv2D(filters, 3, strides=step, padding="same", use_bias=False))
        block.add(layers.BatchNormalization())
        block.add(layers.ReLU())
    return block(x)
