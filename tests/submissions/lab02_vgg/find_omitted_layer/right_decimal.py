# verdict: passed
from decimal import Decimal, ROUND_HALF_UP


def find_omitted_layer(published_macs, published_memory, layers):
    D = lambda v: Decimal(v).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def t(rows):
        return D(Decimal(sum(r[3] for r in rows)) / 10**9), D(
            Decimal(sum(4 * math.prod(r[1]) for r in rows if len(r[1]) == 3)) / 2**20
        )

    want = (D(str(published_macs)), D(str(published_memory)))
    return (
        []
        if t(layers) == want
        else [layers[i][0] for i in range(len(layers)) if t(layers[:i] + layers[i + 1 :]) == want]
    )
