# verdict: failed
# aspect: output
def compare_costs(a, b):
    def totals(table):
        memory = sum(math.prod(row[1]) for row in table[:5])
        return memory, sum(row[2] for row in table), sum(row[3] for row in table)

    return [y / x for x, y in zip(totals(a), totals(b))]
