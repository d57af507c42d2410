# verdict: failed
# aspect: output
# misconception: norms_by_bias
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "bias")]
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, model(x, training=True))
    gradients = tape.gradient(loss, [layer.bias for layer in named])
    return {layer.name: float(tf.norm(g)) for layer, g in zip(named, gradients)}
