# verdict: failed
# aspect: output
# misconception: stage_with_its_macs_before_its_params
def stage_cost(size, channels):
    return 4 * size**2 * channels, 9 * channels**2 * size**2, 9 * channels**2
