# verdict: failed
# aspect: output
# misconception: block_with_one_relu
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same")(x)
    return layers.MaxPooling2D(2)(layers.Activation("relu")(x))
