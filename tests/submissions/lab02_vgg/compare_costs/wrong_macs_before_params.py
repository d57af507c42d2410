# verdict: failed
# aspect: output
# misconception: compare_macs_before_params
def compare_costs(a, b):
    t = lambda t: (
        sum(math.prod(r[1]) for r in t if len(r[1]) == 3),
        sum(r[3] for r in t),
        sum(r[2] for r in t),
    )
    return tuple(q / p for p, q in zip(t(a), t(b)))
