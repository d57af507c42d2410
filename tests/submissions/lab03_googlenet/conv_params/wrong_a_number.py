# verdict: failed
# aspect: call
conv_params = 7**2 * 3 * 64 + 64
