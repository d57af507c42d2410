# verdict: failed
# aspect: output
def resnet_depth(blocks_per_stage, convs_per_block):
    return {2: 34, 3: 152}[convs_per_block] if sum(blocks_per_stage) in (16, 50) else 50
