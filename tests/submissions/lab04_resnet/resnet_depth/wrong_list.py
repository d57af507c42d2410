# verdict: failed
# aspect: shape
def resnet_depth(blocks_per_stage, convs_per_block):
    return [1, *(n * convs_per_block for n in blocks_per_stage), 1]
