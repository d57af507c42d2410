# verdict: failed
# aspect: output
# misconception: stage_of_twice_the_memory
def stage_cost(size, channels):
    one = 4 * size * size * channels
    return one + one, 9 * channels**2, 9 * (size * channels) ** 2
