# verdict: failed
# aspect: output
def resnet_depth(blocks_per_stage, convs_per_block):
    return 2 + convs_per_block * blocks_per_stage[-1]
