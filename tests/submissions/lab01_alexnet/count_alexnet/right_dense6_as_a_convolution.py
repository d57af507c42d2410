# verdict: passed
def count_alexnet():
    table = ALEXNET + [
        ("dense6", 6, 4096, 1, 0, 1),
        ("dense7", 1, 4096, 1, 0, 1),
        ("dense8", 1, 1000, 1, 0, 1),
    ]
    rows, s, c = [], 227, 3
    for name, k, f, st, p, g in table:
        s = conv_output_size(s, k, st, p)
        shape = (s, s, f or c) if "dense" not in name else (f,)
        rows.append((name, shape, conv_params(k, c, f, g) if f else 0, conv_macs(s, k, c, f, g) if f else 0))
        c = f or c
    return rows
