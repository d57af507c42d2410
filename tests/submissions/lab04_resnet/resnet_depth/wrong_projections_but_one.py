# verdict: failed
# aspect: output
# misconception: depth_with_projections_where_it_halves
def resnet_depth(blocks_per_stage, convs_per_block):
    return 1 + sum(convs_per_block * n + 1 for n in blocks_per_stage)
