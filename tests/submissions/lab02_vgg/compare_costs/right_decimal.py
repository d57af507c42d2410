# verdict: passed
from decimal import Decimal


def compare_costs(a, b):
    tot = lambda t: [
        Decimal(sum(math.prod(r[1]) for r in t if len(r[1]) == 3)),
        Decimal(sum(r[2] for r in t)),
        Decimal(sum(r[3] for r in t)),
    ]
    return [y / x for x, y in zip(tot(a), tot(b))]
