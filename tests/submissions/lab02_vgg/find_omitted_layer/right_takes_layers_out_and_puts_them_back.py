# verdict: passed
def find_omitted_layer(published_macs, published_memory, layers):
    def fits():
        macs = sum(row[3] for row in layers)
        memory = sum(4 * math.prod(row[1]) for row in layers if len(row[1]) == 3)
        return round(macs / 1e9, 1) == published_macs and round(memory / 2**20, 1) == published_memory

    found = []
    complete = fits()
    for i in range(len(layers)):
        row = layers.pop(i)
        if fits() and not complete:
            found += [row[0]]
        layers.insert(i, row)
    return found
