# verdict: passed
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    image = x = keras.Input(input_shape)
    for i in range(5):
        x = vgg_block(x, FILTERS[i], convs_per_stage[i])
    backbone = keras.Model(image, x, name="backbone")
    top = keras.Sequential(
        [
            layers.Flatten(),
            layers.Dense(4096, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(4096, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(classes),
        ]
    )
    inputs = keras.Input(input_shape)
    return keras.Model(inputs, top(backbone(inputs)))
