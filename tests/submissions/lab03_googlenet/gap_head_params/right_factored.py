# verdict: passed
def gap_head_params(c: int, classes: int) -> int:
    """One weight per channel and one bias, for every class."""
    return (c + 1) * classes
