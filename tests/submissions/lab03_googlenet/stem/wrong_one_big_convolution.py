# verdict: failed
# aspect: params
def stem(x):
    return layers.Conv2D(192, 7, strides=8, padding="same", activation="relu")(x)
