# verdict: failed
# aspect: params
# misconception: vgg_of_half_the_width
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    for filters, convs in zip((64, 128, 256, 512, 1024), convs_per_stage):
        x = vgg_block(x, filters // 2, convs)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.5)(layers.Dense(4096, activation="relu")(x))
    x = layers.Dropout(0.5)(layers.Dense(4096, activation="relu")(x))
    return keras.Model(inputs, layers.Dense(classes)(x))
