# verdict: passed
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    for filters, convs in zip(FILTERS, convs_per_stage):
        x = vgg_block(x, filters, convs)
    height, width = x.shape[1:3]
    x = layers.Dropout(0.5)(layers.Conv2D(4096, (height, width), activation="relu")(x))
    x = layers.Dropout(0.5)(layers.Conv2D(4096, 1, activation="relu")(x))
    return keras.Model(inputs, layers.Reshape((classes,))(layers.Conv2D(classes, 1)(x)))
