# verdict: failed
# aspect: shape
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input((64, 64, 3))
    for filters, convs in zip(FILTERS, convs_per_stage):
        x = vgg_block(x, filters, convs)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.5)(layers.Dense(4096, activation="relu")(x))
    x = layers.Dropout(0.5)(layers.Dense(4096, activation="relu")(x))
    return keras.Model(inputs, layers.Dense(classes)(x))
