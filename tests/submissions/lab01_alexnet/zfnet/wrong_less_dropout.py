# verdict: failed
# aspect: training
def zfnet(input_shape=(224, 224, 3), classes=1000):
    inputs = keras.Input(input_shape)
    x = layers.ZeroPadding2D(1)(inputs)
    x = layers.Conv2D(96, 7, strides=2, activation="relu")(x)
    x = local_response_norm(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = layers.Conv2D(256, 5, strides=2, activation="relu")(x)
    x = local_response_norm(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for filters in (384, 384, 256):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = layers.Flatten()(x)
    for _ in range(2):
        x = layers.Dense(4096, activation="relu")(x)
        x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
