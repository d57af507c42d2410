# verdict: failed
# aspect: output
# misconception: stage_of_half_a_side
def stage_cost(size, channels):
    h = w = size
    return 4 * 4 * channels * h * w, 9 * channels**2, 36 * h * w * channels**2
