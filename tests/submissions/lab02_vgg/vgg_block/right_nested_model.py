# verdict: passed
def vgg_block(x, filters, convs):
    inputs = y = keras.Input(x.shape[1:])
    for i in range(convs):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"conv{i}")(y)
    return keras.Model(inputs, layers.MaxPooling2D(2)(y))(x)
