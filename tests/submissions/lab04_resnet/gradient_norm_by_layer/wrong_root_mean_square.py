# verdict: failed
# aspect: output
# misconception: norms_divided_by_size
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, model(x, training=True))
    gradients = tape.gradient(loss, [layer.kernel for layer in named])
    return {layer.name: float(tf.sqrt(tf.reduce_mean(g**2))) for layer, g in zip(named, gradients)}
