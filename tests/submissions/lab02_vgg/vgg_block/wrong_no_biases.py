# verdict: failed
# aspect: params
# misconception: block_without_biases
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.ReLU()(layers.Conv2D(filters, 3, padding="same", use_bias=False)(x))
    return layers.MaxPooling2D(2)(x)
