# verdict: passed
def batch_norm(x, gamma, beta, epsilon=1e-5):
    axes = list(range(len(x.shape) - 1))
    mean = ops.mean(x, axes, keepdims=True)
    variance = ops.mean(x * x, axes, keepdims=True) - mean * mean
    return ops.add(
        ops.multiply(gamma, ops.divide(ops.subtract(x, mean), ops.power(variance + epsilon, 0.5))), beta
    )
