# verdict: passed
class Counter:
    def __call__(self, kernel_size, depth, channels):
        return sum([kernel_size**2 * channels**2] * depth)


stacked_params = Counter()
