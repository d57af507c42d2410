# verdict: failed
# aspect: output
# misconception: norms_of_variables_in_order
def gradient_norm_by_layer(model, x, y):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        value = loss(y, model(x, training=True))
    gradients = tape.gradient(value, model.trainable_variables)
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    return {layer.name: float(tf.norm(g)) for layer, g in zip(named, gradients)}
