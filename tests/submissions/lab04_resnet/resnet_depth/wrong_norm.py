# verdict: failed
# aspect: output
# misconception: depth_with_norm
def resnet_depth(blocks_per_stage, convs_per_block):
    convs = 1 + sum(n * convs_per_block for n in blocks_per_stage)
    return convs + convs + 1
