"""Variables that never get a value, and leave nothing behind."""

import keras
import pytest

from cvlabs.abstract import abstract
from cvlabs.factory import build_abstract


def valueless(layer):
    return all(variable._value is None for variable in layer.weights)


def test_a_network_has_shapes_and_no_values():
    model = build_abstract("resnet18")
    assert model.count_params() == 11_689_512 + 9_600
    assert valueless(model)


def test_a_later_scope_does_not_give_them_values():
    with abstract():
        layer = keras.layers.Dense(3)
        layer.build((None, 2))
    with keras.StatelessScope():
        other = keras.layers.Dense(3)
        other.build((None, 2))
    assert valueless(layer)
    assert not valueless(other)
    assert float(keras.ops.sum(other.bias)) == 0


def test_variables_that_waited_before_still_get_theirs():
    with keras.StatelessScope(initialize_variables=False):
        waiting = keras.layers.Dense(3)
        waiting.build((None, 2))
        with abstract():
            keras.layers.Dense(3).build((None, 2))
    with keras.StatelessScope():
        pass
    assert not valueless(waiting)


def test_an_error_inside_leaves_nothing_behind():
    broken, layer = keras.layers.Dense(3), keras.layers.Dense(3)

    def fail():
        broken.build((None, 2))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), abstract():
        fail()
    with keras.StatelessScope():
        layer.build((None, 2))
    assert broken.weights
    assert valueless(broken)
    assert not valueless(layer)
