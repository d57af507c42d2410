# verdict: failed
# aspect: call
def resnet_depth(blocks_per_stage, convs_per_block):
    raise NotImplementedError()
