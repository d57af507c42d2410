# verdict: passed
def gradient_norm_by_layer(model, x, y):
    named = [layer for layer in model.layers if hasattr(layer, "kernel")]
    rows = np.arange(len(y))
    with tf.GradientTape() as tape:
        logs = ops.log_softmax(model(x, training=True))
        loss = -tf.reduce_mean(tf.gather(logs, y, batch_dims=1))
    norms = []
    for layer, gradient in zip(named, tape.gradient(loss, [layer.kernel.value for layer in named])):
        norms.append([layer.name, float(np.linalg.norm(gradient.numpy().ravel()))])
    return norms
