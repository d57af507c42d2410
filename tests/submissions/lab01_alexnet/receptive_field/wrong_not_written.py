# verdict: failed
# aspect: call
def receptive_field(layers):
    raise NotImplementedError()
