# verdict: failed
# aspect: shape
def stage_cost(size, channels):
    params = 9 * channels**2
    total = ()
    for _ in range(2):
        total = total + (4 * size**2 * channels, params, size**2 * params)
    return total
