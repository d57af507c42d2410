# verdict: passed
def stage_cost(size, channels):
    return ops.convert_to_tensor(
        [size * size * channels * 4, 9 * channels**2, 9 * channels**2 * size**2], dtype="int64"
    )
