# verdict: passed
def auxiliary_head(x, classes):
    for layer in (
        layers.AveragePooling2D(5, 3),
        layers.Conv2D(128, 1),
        layers.ReLU(),
        layers.Flatten(),
        layers.Dense(1024),
        layers.ReLU(),
        layers.Dropout(0.7),
        layers.Dense(classes),
    ):
        x = layer(x)
    return x
