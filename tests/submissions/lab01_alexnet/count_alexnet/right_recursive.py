# verdict: passed
def count_alexnet():
    def go(table, size, channels):
        if not table:
            return dense([("dense6", 4096), ("dense7", 4096), ("dense8", 1000)], size * size * channels)
        (name, k, f, st, p, g), *rest = table
        out = conv_output_size(size, k, st, p)
        if f is None:
            return [(name, (out, out, channels), 0, 0)] + go(rest, out, channels)
        return [
            (name, (out, out, f), conv_params(k, channels, f, g), conv_macs(out, k, channels, f, g))
        ] + go(rest, out, f)

    def dense(table, values):
        return (
            [
                (
                    table[0][0],
                    (table[0][1],),
                    conv_params(1, values, table[0][1]),
                    conv_macs(1, 1, values, table[0][1]),
                )
            ]
            + dense(table[1:], table[0][1])
            if table
            else []
        )

    return go(ALEXNET, 227, 3)
