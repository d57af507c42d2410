# verdict: failed
# aspect: output
# misconception: stem_without_lrn
def stem(x):
    x = layers.Conv2D(64, 7, strides=2, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = layers.Conv2D(64, 1, activation="relu")(x)
    x = layers.Conv2D(192, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(3, strides=2, padding="same")(x)
