# verdict: passed
def compare_costs(a, b):
    def mem(t):
        return sum(4 * s[0] * s[1] * s[2] / 2**20 for n, s, *_ in t if len(s) == 3)

    def par(t):
        return sum(r[2] for r in t) / 1e6

    def mac(t):
        return sum(r[-1] for r in t) / 1e9

    return mem(b) / mem(a), par(b) / par(a), mac(b) / mac(a)
