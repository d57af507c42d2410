# verdict: passed
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if isinstance(layer, (layers.Conv2D, layers.Dense))]
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, model(x, training=True))
    gradients = tape.gradient(loss, [layer.kernel for layer in named])
    return {layer.name: np.sqrt((g.numpy() ** 2).sum()) for layer, g in zip(named, gradients)}
