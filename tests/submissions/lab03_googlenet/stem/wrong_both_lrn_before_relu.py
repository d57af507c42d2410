# verdict: failed
# aspect: output
# misconception: stem_with_lrn_before_relu
def stem(x):
    x = layers.Conv2D(64, 7, strides=2, padding="same")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = ops.relu(LocalResponseNormalization()(x))
    x = layers.Conv2D(64, 1, activation="relu")(x)
    x = layers.Conv2D(192, 3, padding="same")(x)
    x = ops.relu(LocalResponseNormalization()(x))
    return layers.MaxPooling2D(3, strides=2, padding="same")(x)
