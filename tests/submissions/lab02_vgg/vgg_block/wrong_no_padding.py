# verdict: failed
# aspect: shape
# misconception: block_without_padding
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.ReLU()(layers.Conv2D(filters, (3, 3))(x))
    return layers.MaxPooling2D(2)(x)
