# verdict: passed
def count_alexnet():
    table = [
        ("conv1", (55, 55, 96), (11, 3, 96)),
        ("pool1", (27, 27, 96), None),
        ("conv2", (27, 27, 256), (5, 96, 256, 2)),
        ("pool2", (13, 13, 256), None),
        ("conv3", (13, 13, 384), (3, 256, 384)),
        ("conv4", (13, 13, 384), (3, 384, 384, 2)),
        ("conv5", (13, 13, 256), (3, 384, 256, 2)),
        ("pool5", (6, 6, 256), None),
        ("dense6", (4096,), (6, 256, 4096)),
        ("dense7", (4096,), (1, 4096, 4096)),
        ("dense8", (1000,), (1, 4096, 1000)),
    ]
    rows = []
    for name, shape, layer in table:
        size = shape[0] if len(shape) == 3 else 1
        cost = (conv_params(*layer), conv_macs(size, *layer)) if layer else (0, 0)
        rows.append((name, shape, *cost))
    return rows
