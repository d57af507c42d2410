# verdict: failed
# aspect: output
# misconception: depth_with_poolings
def resnet_depth(blocks_per_stage, convs_per_block):
    return 4 + convs_per_block * sum(list(blocks_per_stage))
