# verdict: failed
# aspect: output
# misconception: compare_averages
def compare_costs(a, b):
    def totals(table):
        rows = table
        memory = sum(math.prod(r[1]) if len(r[1]) == 3 else 0 for r in rows)
        params = sum(r[2] for r in rows)
        macs = sum(r[3] for r in rows)
        return memory / len(rows), params / len(rows), macs / len(rows)

    return [y / x for x, y in zip(totals(a), totals(b))]
