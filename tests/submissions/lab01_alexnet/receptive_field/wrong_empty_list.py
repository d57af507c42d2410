# verdict: failed
# aspect: call
def receptive_field(layers):
    k, s = layers[-1]
    for k2, s2 in layers[-2::-1]:
        k = (k - 1) * s2 + k2
    return k
