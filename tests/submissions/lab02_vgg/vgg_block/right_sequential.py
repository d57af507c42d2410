# verdict: passed
def vgg_block(x, filters, convs):
    stage = keras.Sequential(
        [layers.Conv2D(filters, 3, padding="same", activation="relu") for _ in range(convs)]
    )
    stage.add(layers.MaxPooling2D((2, 2), strides=(2, 2)))
    return stage(x)
