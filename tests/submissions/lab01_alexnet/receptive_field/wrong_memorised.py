# verdict: failed
# aspect: output
def receptive_field(layers):
    return 195 if len(layers) == 8 else 11
