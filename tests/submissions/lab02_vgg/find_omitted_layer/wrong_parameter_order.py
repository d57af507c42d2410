# verdict: failed
# aspect: output
def find_omitted_layer(published_memory, published_macs, layers):
    def fits(rows):
        macs = sum(row[3] for row in rows) / 1e9
        memory = sum(4 * math.prod(row[1]) for row in rows if len(row[1]) == 3) / 2**20
        return (round(macs, 1), round(memory, 1)) == (published_macs, published_memory)

    if fits(layers):
        return []
    return [row[0] for i, row in enumerate(layers) if fits(layers[:i] + layers[i + 1 :])]
