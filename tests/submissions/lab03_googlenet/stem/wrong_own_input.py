# verdict: failed
# aspect: shape
def stem(x):
    image = keras.Input((224, 224, 3))
    y = layers.Conv2D(64, 7, strides=2, padding="same", activation="relu")(image)
    y = layers.MaxPooling2D(3, strides=2, padding="same")(y)
    y = LocalResponseNormalization()(y)
    y = layers.Conv2D(64, 1, activation="relu")(y)
    y = layers.Conv2D(192, 3, padding="same", activation="relu")(y)
    y = LocalResponseNormalization()(y)
    return layers.MaxPooling2D(3, strides=2, padding="same")(y)
