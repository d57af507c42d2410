# verdict: failed
# aspect: output
def compare_costs(a, b):
    def totals(table):
        return (
            sum(math.prod(r[1]) for r in table if len(r[1]) == 3),
            sum(r[2] for r in table),
            sum(r[3] for r in table),
        )

    return [y // x for x, y in zip(totals(a), totals(b))]
