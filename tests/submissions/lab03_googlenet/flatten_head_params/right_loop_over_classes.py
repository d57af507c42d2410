# verdict: passed
def flatten_head_params(h, w, c, classes):
    total = 0
    for _ in range(classes):
        total += h * w * c
        total += 1
    return total
