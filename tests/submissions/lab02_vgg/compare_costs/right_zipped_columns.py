# verdict: passed
def compare_costs(a, b):
    def columns(table):
        _, shapes, params, macs = zip(*table)
        return sum(s[0] * s[1] * s[2] for s in shapes if len(s) == 3), sum(params), sum(macs)

    return tuple(y / x for x, y in zip(columns(a), columns(b)))
