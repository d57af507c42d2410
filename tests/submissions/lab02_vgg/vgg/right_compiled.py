# verdict: passed
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    inputs = keras.Input(input_shape)
    x = inputs
    for filters, convs in zip(FILTERS, convs_per_stage):
        x = vgg_block(x, filters, convs)
    x = layers.Flatten()(x)
    x = layers.Dense(4096, activation="relu")(x)
    x = layers.Dropout(0.5)(x)
    x = layers.Dense(4096, activation="relu")(x)
    x = layers.Dropout(0.5)(x)
    model = keras.Model(inputs, layers.Dense(classes, name="logits")(x), name="vgg")
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model
