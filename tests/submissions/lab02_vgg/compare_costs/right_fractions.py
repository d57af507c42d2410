# verdict: passed
from fractions import Fraction


def compare_costs(a, b):
    maps = [sum(math.prod(r[1]) for r in t if len(r[1]) == 3) for t in (a, b)]
    params = [sum(r[2] for r in t) for t in (a, b)]
    macs = [sum(r[3] for r in t) for t in (a, b)]
    return tuple(Fraction(of_b, of_a) for of_a, of_b in (maps, params, macs))
