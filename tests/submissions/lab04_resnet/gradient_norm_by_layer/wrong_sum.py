# verdict: failed
# aspect: output
# misconception: norms_of_the_summed_loss
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=model(x, training=True))
        )
    gradients = tape.gradient(loss, [layer.kernel for layer in named])
    return {layer.name: float(tf.norm(g)) for layer, g in zip(named, gradients)}
