# verdict: failed
# aspect: output
# misconception: depth_of_the_stages
def resnet_depth(blocks_per_stage, convs_per_block):
    return 1 + len(blocks_per_stage) * convs_per_block + 1
