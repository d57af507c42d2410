# verdict: failed
# aspect: training
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.Dropout(0.5)(layers.MaxPooling2D(2)(x))
