# verdict: failed
# aspect: training
# misconception: alexnet_with_the_first_dropout_only
def alexnet(input_shape=(227, 227, 3), classes=1000):
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(96, 11, strides=4, activation="relu")(inputs)
    x = layers.MaxPooling2D(3, strides=2)(local_response_norm(x))
    x = ops.relu(grouped_conv(x, 256, 5, groups=2))
    x = layers.MaxPooling2D(3, strides=2)(local_response_norm(x))
    x = layers.Conv2D(384, 3, padding="same", activation="relu")(x)
    x = ops.relu(grouped_conv(x, 384, 3, groups=2))
    x = ops.relu(grouped_conv(x, 256, 3, groups=2))
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(4096, activation="relu")(x)
    x = layers.Dropout(0.5)(x)
    x = layers.Dense(4096, activation="relu")(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
