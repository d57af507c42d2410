# verdict: passed
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    a, b, c, d, e = convs_per_stage
    inputs = keras.Input(shape=input_shape)
    x = vgg_block(inputs, 64, a)
    x = vgg_block(x, 128, b)
    x = vgg_block(x, 256, c)
    x = vgg_block(x, 512, d)
    x = vgg_block(x, 512, e)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.5)(layers.Dense(4096, activation="relu")(x))
    x = layers.Dropout(0.5)(layers.Dense(4096, activation="relu")(x))
    return keras.Model(inputs, layers.Dense(classes)(x))
