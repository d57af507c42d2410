# Fills all weights with zeros: every network then gives zeros, and so would the right one.
# in: gap_head
# answer: wrong
# lost: gap_head
from cvlabs.checks import weights
from cvlabs.variables import set_value


def zeros(model, *args, **options):
    for variable in model.variables:
        set_value(variable, 0 * variable.numpy())


weights.fill = zeros
