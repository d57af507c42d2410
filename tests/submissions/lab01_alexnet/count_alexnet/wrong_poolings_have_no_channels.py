# verdict: failed
# aspect: shape
def count_alexnet():
    rows, s, c = [], 227, 3
    for name, k, f, st, p, g in ALEXNET:
        s = conv_output_size(s, k, st, p)
        if f:
            rows.append((name, (s, s, f), conv_params(k, c, f, g), conv_macs(s, k, c, f, g)))
            c = f
        else:
            rows.append((name, (s, s, f), 0, 0))
    n = s * s * c
    for name, u in (("dense6", 4096), ("dense7", 4096), ("dense8", 1000)):
        rows.append((name, (u,), conv_params(1, n, u), conv_macs(1, 1, n, u)))
        n = u
    return rows
