# verdict: passed
def resnet_depth(blocks_per_stage, convs_per_block):
    return 2.0 + convs_per_block * float(sum(blocks_per_stage))
