# verdict: failed
# aspect: params
def auxiliary_head(x, classes):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.7)(x)
    return layers.Dense(classes)(x)
