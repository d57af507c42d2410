# verdict: failed
# aspect: output
def find_omitted_layer(published_macs, published_memory, layers):
    return ["conv3_2", "conv3_3"]
