# verdict: failed
# aspect: output
# misconception: stage_without_padding
def stage_cost(size, channels):
    s = size - 2
    return 4 * s**2 * channels, 9 * channels**2, 9 * channels**2 * s**2
