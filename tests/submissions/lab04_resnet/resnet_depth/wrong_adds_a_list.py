# verdict: failed
# aspect: call
def resnet_depth(blocks_per_stage, convs_per_block):
    return blocks_per_stage * convs_per_block + 2
