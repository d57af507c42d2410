# verdict: passed
def stem(x):
    normalize, relu = LocalResponseNormalization(), layers.Activation(ops.relu)
    pool = layers.MaxPooling2D((3, 3), (2, 2), "same")
    x = normalize(pool(relu(layers.Conv2D(64, (7, 7), (2, 2), "same")(x))))
    x = relu(layers.Conv2D(64, 1)(x))
    return pool(normalize(relu(layers.Conv2D(192, 3, padding="same")(x))))
