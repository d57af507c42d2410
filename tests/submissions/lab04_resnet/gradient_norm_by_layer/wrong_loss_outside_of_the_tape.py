# verdict: failed
# aspect: call
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, logits)
    gradients = tape.gradient(loss, [layer.kernel for layer in named])
    return {layer.name: float(tf.norm(g)) for layer, g in zip(named, gradients)}
