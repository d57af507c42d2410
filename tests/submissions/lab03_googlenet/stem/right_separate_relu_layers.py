# verdict: passed
def stem(x):
    x = layers.Conv2D(64, (7, 7), strides=(2, 2), padding="same")(x)
    x = layers.ReLU()(x)
    x = layers.MaxPool2D((3, 3), strides=(2, 2), padding="same")(x)
    x = LocalResponseNormalization()(x)
    x = layers.Conv2D(64, (1, 1))(x)
    x = layers.Activation("relu")(x)
    x = layers.Conv2D(192, (3, 3), padding="same")(x)
    x = keras.activations.relu(x)
    x = LocalResponseNormalization()(x)
    return layers.MaxPool2D((3, 3), strides=(2, 2), padding="same")(x)
