# verdict: failed
# aspect: output
# misconception: depth_of_two_convolutions
def resnet_depth(blocks_per_stage, convs_per_block):
    return 2 * (sum(blocks_per_stage) + 1)
