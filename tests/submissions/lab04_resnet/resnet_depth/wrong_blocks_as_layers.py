# verdict: failed
# aspect: output
# misconception: depth_in_blocks
def resnet_depth(blocks_per_stage, convs_per_block):
    return 1 + sum(blocks_per_stage) + 1
