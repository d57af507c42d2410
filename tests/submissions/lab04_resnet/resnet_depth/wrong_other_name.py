# verdict: failed
# aspect: call
def resnet_depth(blocks_per_stage, convs):
    return 2 + convs * sum(blocks_per_stage)
