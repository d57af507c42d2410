# verdict: passed
def alexnet(input_shape=(227, 227, 3), classes=1000):
    x = inputs = keras.layers.Input(shape=input_shape, name="image")
    for name, kernel_size, filters, strides, padding, groups in ALEXNET:
        if filters is None:
            x = layers.MaxPool2D(pool_size=kernel_size, strides=strides, name=name)(x)
            continue
        if groups == 1:
            x = layers.Conv2D(
                filters, kernel_size, strides=strides, padding="same" if padding else "valid", name=name
            )(x)
        else:
            x = grouped_conv(x, filters, kernel_size, groups)
        x = layers.Activation("relu")(x)
        if name in ("conv1", "conv2"):
            x = local_response_norm(x)
    x = layers.Flatten()(x)
    for i in (6, 7):
        x = layers.Dense(4096, "relu", name=f"dense{i}")(x)
        x = layers.Dropout(0.5, name=f"drop{i}")(x)
    model = keras.Model(inputs, layers.Dense(classes, name="dense8")(x), name="AlexNet")
    model.compile(
        optimizer="sgd",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
