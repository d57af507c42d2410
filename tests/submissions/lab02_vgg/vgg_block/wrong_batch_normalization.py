# verdict: failed
# aspect: params
# misconception: block_that_normalizes
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.Activation("relu")(layers.BatchNormalization()(x))
    return layers.MaxPooling2D(2)(x)
