# verdict: passed
def alexnet(input_shape=(227, 227, 3), classes=1000):
    """the two GPUs written out"""
    image = keras.Input(input_shape)
    C = lambda f, k, **kw: layers.Conv2D(f, k, **({"padding": "same", "activation": "relu"} | kw))
    x = local_response_norm(C(96, 11, strides=4, padding="valid")(image))
    x = layers.MaxPooling2D(3, 2)(x)
    a, b = x[..., :48], x[..., 48:]
    a, b = C(128, 5)(a), C(128, 5)(b)
    x = layers.MaxPooling2D(3, 2)(local_response_norm(layers.Concatenate()([a, b])))
    x = C(384, 3)(x)
    a, b = C(192, 3)(x[..., :192]), C(192, 3)(x[..., 192:])
    a, b = C(128, 3)(a), C(128, 3)(b)
    a, b = layers.MaxPooling2D(3, 2)(a), layers.MaxPooling2D(3, 2)(b)
    x = layers.Flatten()(layers.Concatenate()([a, b]))
    for n in range(2):
        x = layers.Dropout(0.5)(layers.Dense(4096, "relu")(x))
    return keras.Model(image, layers.Dense(classes, activation="linear")(x))
