# verdict: failed
# aspect: shape
def resnet_depth(blocks_per_stage, convs_per_block):
    depth = 2 + convs_per_block * sum(blocks_per_stage)
