# verdict: failed
# aspect: output
# misconception: compare_with_dense_outputs
def compare_costs(a, b):
    def totals(table):
        rows = table
        memory = sum(4 * math.prod(r[1]) for r in rows)
        params = sum(r[2] for r in rows)
        macs = sum(r[3] for r in rows)
        return memory, params, macs

    return [y / x for x, y in zip(totals(a), totals(b))]
