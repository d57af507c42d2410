# verdict: failed
# aspect: shape
def find_omitted_layer(published_macs, published_memory, layers):
    def totals(rows):
        macs = sum(row[3] for row in rows) / 1e9
        memory = sum(4 * math.prod(row[1]) for row in rows if len(row[1]) == 3) / 2**20
        return round(macs, 1), round(memory, 1)

    if totals(layers) == (published_macs, published_memory):
        return None
    found = []
    for i in range(len(layers)):
        if totals(layers[:i] + layers[i + 1 :]) == (published_macs, published_memory):
            found.append(layers[i][0])
    return found
