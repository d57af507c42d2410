# verdict: passed
def conv_output_size(*args, **kw):
    names = ("size", "kernel_size", "strides", "padding", "dilation")
    p = dict(strides=1, padding=0, dilation=1) | dict(zip(names, args)) | kw
    return (p["size"] + 2 * p["padding"] - p["dilation"] * (p["kernel_size"] - 1) - 1) // p["strides"] + 1
