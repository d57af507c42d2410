"""A tiny variant of every builder: the same code, few and narrow blocks, for `test_contract.py`.

Each takes `input_shape` and `classes`, and its name says which builder it is of.
"""

from functools import partial

from cvlabs.models.googlenet import googlenet, googlenet_bn, googlenet_tv

TINY = {
    # googlenet.py
    "googlenet": googlenet,
    "googlenet_bn": partial(googlenet_bn, auxiliary_heads=True),
    "googlenet_tv": googlenet_tv,
}
