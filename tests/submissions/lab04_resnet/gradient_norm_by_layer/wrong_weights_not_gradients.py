# verdict: failed
# aspect: output
# misconception: norms_of_kernels
def gradient_norm_by_layer(model, x, y):
    return {
        layer.name: float(tf.norm(layer.kernel.value)) for layer in model.layers if hasattr(layer, "kernel")
    }
