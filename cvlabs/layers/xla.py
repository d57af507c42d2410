"""Whether TensorFlow traces a function that XLA will compile."""


def in_xla() -> bool:
    """Returns whether the operations made now belong to a `tf.function` with `jit_compile=True`.

    Only for the TensorFlow backend. XLA compiles some operations badly that TensorFlow's own kernels do
    well, and the other way round, so layers that choose between them ask here.
    """
    import tensorflow as tf

    return not tf.executing_eagerly() and tf.__internal__.get_enclosing_xla_context() is not None
