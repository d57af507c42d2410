"""The answer key: for every check the reference and the named misconceptions.

It is read by the judge alone. In a kernel that runs graded code this package is not importable.
"""

from cvlabs.checks.answers import (
    lab01_alexnet,
    lab01_costs,
    lab01_count_alexnet,
    lab01_grouped_conv,
    lab01_local_response_norm,
    lab01_output_size,
    lab01_receptive_field,
    lab01_zfnet,
    lab02_audit,
    lab02_block,
    lab02_comparison,
    lab02_network,
    lab02_stacking,
    lab02_stage_cost,
    lab03_arithmetic,
    lab03_auxiliary_head,
    lab03_gap_head,
    lab03_inception_cost,
    lab03_inception_module,
    lab03_naive_cost,
    lab03_network,
    lab03_stem,
    lab04_batch_norm,
    lab04_bottleneck_block,
    lab04_conv_bn_relu,
    lab04_costs,
    lab04_depth,
    lab04_gradients,
    lab04_network,
    lab04_plain_block,
    lab04_residual_block,
)
from cvlabs.checks.answers.answer import Answer

__all__ = ["ANSWERS", "Answer"]

ANSWERS: dict[str, dict[str, Answer]] = {
    "lab01_alexnet": {
        "conv_output_size": lab01_output_size.ANSWER,
        "conv_params": lab01_costs.CONV_PARAMS,
        "conv_macs": lab01_costs.CONV_MACS,
        "activation_bytes": lab01_costs.ACTIVATION_BYTES,
        "receptive_field": lab01_receptive_field.ANSWER,
        "count_alexnet": lab01_count_alexnet.ANSWER,
        "local_response_norm": lab01_local_response_norm.ANSWER,
        "grouped_conv": lab01_grouped_conv.ANSWER,
        "alexnet": lab01_alexnet.ANSWER,
        "zfnet": lab01_zfnet.ANSWER,
    },
    "lab02_vgg": {
        "equivalent_depth": lab02_stacking.EQUIVALENT_DEPTH,
        "stacked_params": lab02_stacking.STACKED_PARAMS,
        "stacked_macs": lab02_stacking.STACKED_MACS,
        "stage_cost": lab02_stage_cost.ANSWER,
        "vgg_block": lab02_block.ANSWER,
        "vgg": lab02_network.ANSWER,
        "compare_costs": lab02_comparison.ANSWER,
        "find_omitted_layer": lab02_audit.ANSWER,
    },
    "lab03_googlenet": {
        "conv_params": lab03_arithmetic.CONV_PARAMS,
        "conv_macs": lab03_arithmetic.CONV_MACS,
        "inception_cost": lab03_inception_cost.ANSWER,
        "naive_inception_cost": lab03_naive_cost.ANSWER,
        "stem": lab03_stem.ANSWER,
        "inception_module": lab03_inception_module.ANSWER,
        "gap_head": lab03_gap_head.ANSWER,
        "flatten_head_params": lab03_arithmetic.FLATTEN_HEAD_PARAMS,
        "gap_head_params": lab03_arithmetic.GAP_HEAD_PARAMS,
        "auxiliary_head": lab03_auxiliary_head.ANSWER,
        "googlenet": lab03_network.ANSWER,
    },
    "lab04_resnet": {
        "batch_norm": lab04_batch_norm.ANSWER,
        "conv_bn_relu": lab04_conv_bn_relu.ANSWER,
        "plain_block": lab04_plain_block.ANSWER,
        "residual_block": lab04_residual_block.ANSWER,
        "gradient_norm_by_layer": lab04_gradients.ANSWER,
        "residual_block_cost": lab04_costs.RESIDUAL_BLOCK_COST,
        "bottleneck_block": lab04_bottleneck_block.ANSWER,
        "bottleneck_cost": lab04_costs.BOTTLENECK_COST,
        "resnet_depth": lab04_depth.ANSWER,
        "resnet": lab04_network.ANSWER,
    },
}
"""lab -> check -> answer"""
