# verdict: failed
# aspect: call
def activation_bytes(shape, dtype="float32"):
    raise NotImplementedError()
