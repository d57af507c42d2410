# verdict: failed
# aspect: call
def stem(x):
    x = layers.Conv2D(64, 7, strides=2, padding="same", activation="relu")
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    return x
