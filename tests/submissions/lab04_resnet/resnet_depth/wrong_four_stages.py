# verdict: failed
# aspect: call
def resnet_depth(blocks_per_stage, convs_per_block):
    a, b, c, d = blocks_per_stage
    return 2 + convs_per_block * (a + b + c + d)
