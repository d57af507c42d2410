# verdict: failed
# aspect: call
def find_omitted_layer(published_macs, published_memory, layers):
    raise NotImplementedError()
