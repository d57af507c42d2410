"""One pass forward and backward through a layer, on TensorFlow or JAX."""

import keras


def gradients(layer, x):
    """Returns the eager outputs, the compiled outputs, and gradients by inputs and weights."""
    return [layer(x), *(_on_jax if keras.backend.backend() == "jax" else _on_tensorflow)(layer, x)]


def _on_tensorflow(layer, x):
    import tensorflow as tf

    @tf.function
    def run(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x)
            loss = tf.reduce_sum(tf.sin(y))
        return [y, *tape.gradient(loss, [x, *(v.value for v in layer.trainable_variables)])]

    return run(tf.convert_to_tensor(x))


def _on_jax(layer, x):
    import jax
    from jax import numpy as jnp

    def loss(x, weights):
        y, _ = layer.stateless_call(weights, [], x)
        return jnp.sum(jnp.sin(y)), y

    run = jax.jit(jax.value_and_grad(loss, (0, 1), has_aux=True))
    (_, y), (dx, dw) = run(x, [v.value for v in layer.trainable_variables])
    return [y, dx, *dw]
