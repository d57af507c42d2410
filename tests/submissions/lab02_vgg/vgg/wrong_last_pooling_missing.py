# verdict: failed
# aspect: params
# misconception: vgg_without_the_last_pool
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    for filters, convs in zip(FILTERS[:4], convs_per_stage):
        x = vgg_block(x, filters, convs)
    for _ in range(convs_per_stage[4]):
        x = layers.Conv2D(512, 3, padding="same", activation="relu")(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.5)(layers.Dense(4096, activation="relu")(x))
    x = layers.Dropout(0.5)(layers.Dense(4096, activation="relu")(x))
    return keras.Model(inputs, layers.Dense(classes)(x))
