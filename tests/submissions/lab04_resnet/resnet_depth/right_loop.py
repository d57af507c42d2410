# verdict: passed
def resnet_depth(blocks_per_stage, convs_per_block):
    depth = 2
    for blocks in blocks_per_stage:
        depth += blocks * convs_per_block
    return depth
