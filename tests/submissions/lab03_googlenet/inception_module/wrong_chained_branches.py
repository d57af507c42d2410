# verdict: failed
# aspect: params
# misconception: module_of_chained_branches
def inception_module(x, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
    conv = lambda x, f, k: layers.Conv2D(f, k, padding="same", activation="relu")(x)
    outputs = []
    x = conv(x, f1, 1)
    outputs.append(x)
    x = conv(conv(x, f3_reduce, 1), f3, 3)
    outputs.append(x)
    x = conv(conv(x, f5_reduce, 1), f5, 5)
    outputs.append(x)
    x = conv(layers.MaxPooling2D(3, strides=1, padding="same")(x), pool_proj, 1)
    outputs.append(x)
    return layers.Concatenate()(outputs)
