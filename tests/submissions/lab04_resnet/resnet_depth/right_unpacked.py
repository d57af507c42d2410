# verdict: passed
def resnet_depth(blocks_per_stage, convs_per_block):
    first, *rest = blocks_per_stage
    return convs_per_block * first + (resnet_depth(rest, convs_per_block) if rest else 2)
