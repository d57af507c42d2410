# verdict: passed
def find_omitted_layer(published_macs, published_memory, layers):
    def tenths(rows):
        return round(sum(r[3] for r in rows) / 1e8), round(
            sum(4 * math.prod(r[1]) for r in rows if len(r[1]) == 3) * 10 / 2**20
        )

    want = round(published_macs * 10), round(published_memory * 10)
    names = [r[0] for r in layers if tenths([q for q in layers if q[0] != r[0]]) == want]
    return [] if tenths(layers) == want else names
