# verdict: failed
# aspect: output
# misconception: depth_with_one_pooling
def resnet_depth(blocks_per_stage, convs_per_block):
    return 3 + convs_per_block * sum(list(blocks_per_stage))
