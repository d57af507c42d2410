# verdict: passed
def find_omitted_layer(published_macs, published_memory, layers):
    def printed(rows):
        macs = sum(row[3] for row in rows)
        values = sum(row[1][0] * row[1][1] * row[1][2] for row in rows if len(row[1]) == 3)
        return f"{macs / 1e9:.1f}", f"{4 * values / 2**20:.1f}"

    wanted = f"{published_macs:.1f}", f"{published_memory:.1f}"
    if printed(layers) == wanted:
        return []
    return [layers[i][0] for i in range(len(layers)) if printed(layers[:i] + layers[i + 1 :]) == wanted]
