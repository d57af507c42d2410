# verdict: failed
# aspect: call
def stem(x, y):
    return layers.Conv2D(192, 7, strides=8, padding="same", activation="relu")(x)
