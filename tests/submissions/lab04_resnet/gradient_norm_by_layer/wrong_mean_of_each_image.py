# verdict: failed
# aspect: output
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    totals = dict.fromkeys((layer.name for layer in named), 0.0)
    for i in range(len(x)):
        with tf.GradientTape() as tape:
            loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(
                y[i : i + 1], model(x[i : i + 1], training=True)
            )
        for layer, g in zip(named, tape.gradient(loss, [layer.kernel.value for layer in named])):
            totals[layer.name] += float(tf.norm(g)) / len(x)
    return totals
