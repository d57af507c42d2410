# verdict: failed
# aspect: output
def vgg_block(x, filters, convs):
    for _ in range(convs):
        parts = (filters // 2, filters - filters // 2)
        halves = [layers.Conv2D(n, 3, padding="same", activation="relu")(x) for n in parts]
        x = layers.Concatenate()(halves)
    return layers.MaxPooling2D(2)(x)
