# verdict: failed
# aspect: call
def stage_cost(h, c):
    return 4 * h * h * c, 9 * c * c, 9 * c * c * h * h
