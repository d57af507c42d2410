# verdict: failed
# aspect: call
class Naive:
    def cost(size, in_channels, f1, f3, f5):
        weights = in_channels * (f1 + 9 * f3 + 25 * f5)
        return weights + f1 + f3 + f5, size**2 * weights


naive_inception_cost = Naive().cost
