# verdict: failed
# aspect: training
# misconception: alexnet_with_the_last_dropout_only
def alexnet(input_shape=(227, 227, 3), classes=1000):
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(96, 11, strides=4, activation="relu")(inputs)
    x = local_response_norm(x)
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = ops.relu(grouped_conv(x, 256, 5, 2))
    x = local_response_norm(x)
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = layers.Conv2D(384, 3, padding="same", activation="relu")(x)
    x = ops.relu(grouped_conv(x, 384, 3, 2))
    x = ops.relu(grouped_conv(x, 256, 3, 2))
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = layers.Flatten()(x)
    for dropout in (layers.Identity(), layers.Dropout(0.5)):
        x = layers.Dense(4096, activation="relu")(x)
        x = dropout(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
