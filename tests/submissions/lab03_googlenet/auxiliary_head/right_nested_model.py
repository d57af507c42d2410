# verdict: passed
def auxiliary_head(x, classes):
    features = keras.Input(x.shape[1:])
    y = layers.AveragePooling2D(pool_size=5, strides=3, padding="valid")(features)
    y = layers.Activation("relu")(layers.Conv2D(filters=128, kernel_size=1)(y))
    y = layers.Flatten()(y)
    trunk = keras.Model(features, y)
    top = keras.Sequential(
        [layers.Dense(1024, activation="relu"), layers.Dropout(0.7), layers.Dense(classes)]
    )
    return top(trunk(x))
