# verdict: passed
resnet_depth = lambda blocks_per_stage, convs_per_block: (
    2 + sum(n * convs_per_block for n in blocks_per_stage)
)
