# verdict: failed
# aspect: output
# misconception: stem_with_a_linear_first_convolution
def stem(x):
    x = layers.Conv2D(64, 7, strides=2, padding="same")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = LocalResponseNormalization()(x)
    x = ops.relu(layers.Conv2D(64, 1)(x))
    x = ops.relu(layers.Conv2D(192, 3, padding="same")(x))
    x = LocalResponseNormalization()(x)
    return layers.MaxPooling2D(3, strides=2, padding="same")(x)
