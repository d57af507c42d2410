# verdict: failed
# aspect: output
# misconception: norms_by_all_weights
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    norms = {}
    for layer in named:
        with tf.GradientTape() as tape:
            loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, model(x, training=True))
        norms[layer.name] = float(tf.linalg.global_norm(tape.gradient(loss, layer.trainable_variables)))
    return norms
