# verdict: failed
# aspect: output
# misconception: stage_after_pooling
def stage_cost(size, channels):
    pooled = size // 2
    return 4 * pooled * pooled * channels, 9 * channels**2, 9 * (size * channels) ** 2
