# verdict: failed
# aspect: call
conv_macs = object()
