# verdict: failed
# aspect: params
def vgg_block(x, filters, convs):
    for _ in range(convs):
        x = layers.SeparableConv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)
