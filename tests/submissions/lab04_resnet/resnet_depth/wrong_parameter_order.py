# verdict: failed
# aspect: call
def resnet_depth(convs_per_block, blocks_per_stage):
    return 2 + convs_per_block * sum(blocks_per_stage)
