# verdict: failed
# aspect: output
# misconception: omitted_by_truncated_totals
def find_omitted_layer(published_macs, published_memory, layers):
    def cut(value):
        return math.floor(value * 10) / 10

    def fits(rows):
        macs = sum(row[3] for row in rows) / 1e9
        memory = sum(4 * math.prod(row[1]) for row in rows if len(row[1]) == 3) / 2**20
        return (cut(macs), cut(memory)) == (published_macs, published_memory)

    if fits(layers):
        return []
    return [row[0] for i, row in enumerate(layers) if fits(layers[:i] + layers[i + 1 :])]
