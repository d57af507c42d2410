# verdict: failed
# aspect: output
# misconception: depth_of_the_blocks
def resnet_depth(blocks_per_stage, convs_per_block):
    return sum(convs_per_block * n for n in blocks_per_stage)
