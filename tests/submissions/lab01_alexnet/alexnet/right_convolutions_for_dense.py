# verdict: passed
def alexnet(input_shape=(227, 227, 3), classes=1000):
    def block(x, filters, kernel_size):
        return ops.relu(grouped_conv(x, filters, kernel_size, 2))

    x = inputs = keras.Input(input_shape)
    x = ops.max_pool(local_response_norm(layers.Conv2D(96, 11, 4, activation="relu")(x)), 3, 2)
    x = ops.max_pool(local_response_norm(block(x, 256, 5)), 3, 2)
    x = ops.relu(grouped_conv(x, 384, 3, groups=1))
    x = ops.max_pool(block(block(x, 384, 3), 256, 3), 3, 2)
    x = layers.Conv2D(4096, x.shape[1:3], activation="relu")(x)
    x = layers.Dropout(0.5)(x)
    x = layers.Conv2D(4096, 1, activation="relu")(x)
    x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Flatten()(layers.Conv2D(classes, 1)(x)))
