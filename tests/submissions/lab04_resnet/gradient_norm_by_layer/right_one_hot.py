# verdict: passed
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(
            tf.nn.softmax_cross_entropy_with_logits(
                tf.one_hot(y, model.output_shape[-1]), model(x, training=True)
            )
        )
    gradients = tape.gradient(loss, [layer.kernel for layer in named])
    return {layer.name: float(tf.norm(g)) for layer, g in zip(named, gradients)}
