# verdict: passed
def compare_costs(a, b):
    def total(table, amount):
        return sum(map(amount, table))

    amounts = (lambda r: math.prod(r[1]) * (len(r[1]) == 3), lambda r: r[2], lambda r: r[3])
    return [round(total(b, amount) / total(a, amount), 9) for amount in amounts]
