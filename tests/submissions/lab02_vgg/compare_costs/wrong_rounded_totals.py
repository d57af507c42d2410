# verdict: failed
# aspect: output
# misconception: compare_rounded_totals
def compare_costs(a, b):
    def totals(table):
        rows = table
        memory = sum(4 * math.prod(r[1]) if len(r[1]) == 3 else 0 for r in rows)
        params = sum(r[2] for r in rows)
        macs = sum(r[3] for r in rows)
        return float(f"{memory / 2**20:.1f}"), float(f"{params / 1e6:.0f}"), float(f"{macs / 1e9:.1f}")

    return [y / x for x, y in zip(totals(a), totals(b))]
