# verdict: failed
# aspect: output
# misconception: compare_ratios_of_two_digits
def compare_costs(a, b):
    t = lambda t: (
        sum(math.prod(r[1]) for r in t if len(r[1]) == 3),
        sum(r[2] for r in t),
        sum(r[3] for r in t),
    )
    return tuple(round(q / p, 2) for p, q in zip(t(a), t(b)))
