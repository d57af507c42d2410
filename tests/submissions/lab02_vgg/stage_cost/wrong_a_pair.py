# verdict: failed
# aspect: shape
def stage_cost(size, channels):
    return 9 * channels**2, 9 * channels**2 * size**2
