# verdict: passed
def find_omitted_layer(published_macs, published_memory, layers):
    table = {
        name: (macs / 1e9, 4 * math.prod(shape) / 2**20 * (len(shape) == 3))
        for name, shape, _, macs in layers
    }
    gaps = [
        sum(column) - told for column, told in zip(zip(*table.values()), (published_macs, published_memory))
    ]
    if all(abs(gap) < 0.05 for gap in gaps):
        return []
    return [name for name, costs in table.items() if all(abs(g - x) < 0.05 for g, x in zip(gaps, costs))]
