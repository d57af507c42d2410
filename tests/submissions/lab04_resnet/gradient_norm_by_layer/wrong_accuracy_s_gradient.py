# verdict: failed
# aspect: output
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.reduce_max(model(x, training=True), axis=-1))
    gradients = tape.gradient(loss, [layer.kernel for layer in named])
    return {layer.name: float(tf.norm(g)) for layer, g in zip(named, gradients)}
