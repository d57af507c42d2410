# verdict: passed
def gradient_norm_by_layer(model, x, y):
    with tf.GradientTape() as tape:
        losses = keras.losses.sparse_categorical_crossentropy(y, model(x, training=True), from_logits=True)
        loss = ops.mean(losses)
    weights = model.trainable_variables
    norms = {w.path: ops.sqrt(ops.sum(ops.square(g))) for w, g in zip(weights, tape.gradient(loss, weights))}
    return {layer.name: norms[layer.kernel.path] for layer in model.layers if hasattr(layer, "kernel")}
