# verdict: failed
# aspect: params
# misconception: block_with_biases
def plain_block(x, filters, strides=1):
    for step in (strides, 1):
        x = layers.Conv2D(filters, 3, strides=step, padding="same")(x)
        x = ops.relu(layers.BatchNormalization()(x))
    return x
