# verdict: passed
def residual_block(x, filters, strides=1):
    shortcut = x
    if strides > 1 or x.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, (1, 1), strides=strides, padding="same", use_bias=False)(x)
        shortcut = layers.BatchNormalization()(shortcut)
    for i, step in enumerate((strides, 1)):
        x = layers.Conv2D(filters, 3, strides=step, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x) if i == 0 else x
    return layers.Activation("relu")(layers.add([shortcut, x]))
