# verdict: failed
# aspect: output
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, model(x, training=True))
    gradients = tape.gradient(loss, [layer.kernel for layer in named])
    return [(type(layer).__name__, float(tf.norm(g))) for layer, g in zip(named, gradients)]
