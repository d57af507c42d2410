# verdict: failed
# aspect: output
# misconception: omitted_never
def find_omitted_layer(published_macs, published_memory, layers):
    return []
