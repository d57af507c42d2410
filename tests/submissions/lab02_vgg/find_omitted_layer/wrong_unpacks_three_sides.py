# verdict: failed
# aspect: call
def find_omitted_layer(published_macs, published_memory, layers):
    memory = sum(4 * h * w * c for _, (h, w, c), _, _ in layers)
    return [memory]
