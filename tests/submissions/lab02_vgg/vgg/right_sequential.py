# verdict: passed
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    model = keras.Sequential([keras.Input(input_shape)])
    filters = 64
    for convs in convs_per_stage:
        for _ in range(convs):
            model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(layers.MaxPooling2D())
        filters = min(2 * filters, 512)
    model.add(layers.Flatten())
    for _ in range(2):
        model.add(layers.Dense(4096, "relu"))
        model.add(layers.Dropout(0.5))
    model.add(layers.Dense(classes))
    return model
