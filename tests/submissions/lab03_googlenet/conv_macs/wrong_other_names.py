# verdict: failed
# aspect: call
def conv_macs(n, k, c, f):
    return n**2 * k**2 * c * f
