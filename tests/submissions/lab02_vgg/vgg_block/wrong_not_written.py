# verdict: failed
# aspect: call
def vgg_block(x, filters, convs):
    raise NotImplementedError()
