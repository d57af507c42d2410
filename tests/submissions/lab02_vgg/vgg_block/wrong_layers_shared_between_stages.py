# verdict: failed
# aspect: params
made = {}


def vgg_block(x, filters, convs):
    for i in range(convs):
        key = (i, filters, x.shape[-1])
        if key not in made:
            made[key] = layers.Conv2D(filters, 3, padding="same", activation="relu")
        x = made[key](x)
    return layers.MaxPooling2D(2)(x)
