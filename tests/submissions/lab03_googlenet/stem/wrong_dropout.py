# verdict: failed
# aspect: training
def stem(x):
    x = layers.Conv2D(64, 7, strides=2, padding="same", activation="relu")(x)
    x = LocalResponseNormalization()(layers.MaxPooling2D(3, strides=2, padding="same")(x))
    x = layers.Conv2D(64, 1, activation="relu")(x)
    x = layers.Conv2D(192, 3, padding="same", activation="relu")(layers.Dropout(0.2)(x))
    return layers.MaxPooling2D(3, strides=2, padding="same")(LocalResponseNormalization()(x))
