# verdict: passed
from cvlabs.layers import LocalResponseNormalization


def zfnet(input_shape=(224, 224, 3), classes=1000):
    model = keras.Sequential([keras.Input(input_shape), layers.ZeroPadding2D(1)])
    for filters, kernel_size in ((96, 7), (256, 5)):
        model.add(layers.Conv2D(filters, kernel_size, strides=2, activation="relu"))
        model.add(LocalResponseNormalization())
        model.add(layers.MaxPooling2D(3, strides=2, padding="same"))
    for filters in (384, 384, 256):
        model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.MaxPooling2D(3, strides=2))
    model.add(layers.Flatten())
    for _ in range(2):
        model.add(layers.Dense(4096, activation="relu"))
        model.add(layers.Dropout(0.5))
    model.add(layers.Dense(classes))
    return model
