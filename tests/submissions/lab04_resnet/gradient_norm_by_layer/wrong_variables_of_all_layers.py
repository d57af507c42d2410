# verdict: failed
# aspect: shape
def gradient_norm_by_layer(model, x, y):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        value = loss(y, model(x, training=True))
    gradients = tape.gradient(value, model.trainable_variables)
    return {layer.name: float(tf.norm(g)) for layer, g in zip(model.layers, gradients)}
