# verdict: failed
# aspect: output
# misconception: depth_with_projections
def resnet_depth(blocks_per_stage, convs_per_block):
    return 2 + sum(convs_per_block * n + 1 for n in blocks_per_stage)
