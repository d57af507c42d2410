# verdict: passed
def resnet_depth(blocks_per_stage, convs_per_block):
    return np.sum(blocks_per_stage) * convs_per_block + 2
