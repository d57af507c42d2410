# verdict: passed
def resnet_depth(blocks_per_stage, convs_per_block):
    return ops.sum(ops.convert_to_tensor(list(blocks_per_stage))) * convs_per_block + 2
