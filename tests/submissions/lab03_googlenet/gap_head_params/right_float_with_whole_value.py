# verdict: passed
def gap_head_params(c, classes):
    return (1e0 * c + 1) * classes
