# verdict: failed
# aspect: params
# misconception: block_of_5x5
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.ReLU()(layers.Conv2D(filters, 5, padding="same")(x))
    return layers.MaxPooling2D(2)(x)
