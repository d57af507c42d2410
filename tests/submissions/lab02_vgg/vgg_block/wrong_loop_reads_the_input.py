# verdict: failed
# aspect: params
# misconception: block_of_one_convolution
def vgg_block(x, filters, convs):
    for _ in range(convs):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(y)
