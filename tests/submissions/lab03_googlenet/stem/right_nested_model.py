# verdict: passed
def stem(x):
    inputs = keras.Input(x.shape[1:])
    y = layers.Conv2D(64, 7, strides=2, padding="same", activation="relu")(inputs)
    y = layers.MaxPooling2D(3, strides=2, padding="same")(y)
    first = keras.Model(inputs, LocalResponseNormalization()(y))
    second = keras.Sequential([layers.Dense(64, activation="relu")])
    second.add(layers.Conv2D(192, 3, padding="same", activation="relu"))
    second.add(LocalResponseNormalization())
    return layers.MaxPooling2D(3, strides=2, padding="same")(second(first(x)))
