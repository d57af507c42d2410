# verdict: passed
def gradient_norm_by_layer(model, x, y):
    norms = {}
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=model(x, training=True))
        loss = tf.reduce_sum(loss) / len(x)
    for layer in reversed(model.layers):
        if isinstance(layer, (layers.Conv2D, layers.Dense)):
            norms[layer.name] = tf.linalg.global_norm([tape.gradient(loss, layer.kernel)])
    return norms
