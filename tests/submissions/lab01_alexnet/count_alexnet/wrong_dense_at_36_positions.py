# verdict: failed
# aspect: output
# misconception: count_of_dense_layers_at_many_positions
def count_alexnet():
    rows, s, c = [], 227, 3
    for name, k, f, st, p, g in ALEXNET:
        s = conv_output_size(s, k, st, p)
        rows.append(
            (name, (s, s, f or c), conv_params(k, c, f, g) if f else 0, conv_macs(s, k, c, f, g) if f else 0)
        )
        c = f or c
    n = s * s * c
    for name, u in (("dense6", 4096), ("dense7", 4096), ("dense8", 1000)):
        rows.append((name, (u,), conv_params(1, n, u), conv_macs(s, 1, n, u)))
        n = u
    return rows
