# verdict: passed
def count_alexnet():
    i = x = keras.Input((227, 227, 3))
    for name, k, f, st, p, g in ALEXNET:
        if p:
            x = layers.ZeroPadding2D(p)(x)
        x = (
            layers.Conv2D(f, k, strides=st, groups=g, name=name)(x)
            if f
            else layers.MaxPool2D(k, st, name=name)(x)
        )
    x = layers.Flatten()(x)
    for n, u in zip((6, 7, 8), (4096, 4096, 1000)):
        x = layers.Dense(u, name=f"dense{n}")(x)
    rows = []
    for l in keras.Model(i, x).layers:
        if l.name.startswith(("conv", "pool", "dense")):
            s = l.output.shape[1:]
            w = l.count_params() - s[-1] if l.weights else 0
            rows.append((l.name, s, l.count_params(), w * (s[0] * s[1] if len(s) == 3 else 1)))
    return rows
