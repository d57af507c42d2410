"""Variables that never get a value, and leave nothing behind; and variables that get theirs later."""

import hashlib
import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest

from cvlabs.factory import build_abstract
from cvlabs.models import googlenet_bn
from cvlabs.variables import abstract, initialize, set_value, values_last


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


def test_values_that_come_later_are_those_that_would_have_come_at_once():
    keras.utils.set_random_seed(1)
    at_once = googlenet_bn((32, 32, 3), 5)
    keras.utils.set_random_seed(1)
    with abstract():
        later = googlenet_bn((32, 32, 3), 5)
    initialize(later.variables)
    for one, other in zip(at_once.variables, later.variables, strict=True):
        np.testing.assert_array_equal(one, other)


def test_values_that_are_there_stay():
    with abstract():
        x = keras.Input((2,))
        model = keras.Model(x, keras.layers.Dense(3)(x))
    kernel, bias = model.variables
    set_value(bias, np.arange(3))
    initialize(model.variables)
    np.testing.assert_array_equal(bias, [0, 1, 2])
    drawn = np.array(kernel)
    initialize(model.variables)
    np.testing.assert_array_equal(kernel, drawn)
    set_value(kernel, np.ones((2, 3)))
    np.testing.assert_array_equal(kernel, np.ones((2, 3)))


def build():
    keras.utils.set_random_seed(1)
    return googlenet_bn((32, 32, 3), 5)


def test_the_seed_decides():
    for one, other in zip(build().variables, build().variables, strict=True):
        np.testing.assert_array_equal(one, other)


def test_values_have_the_distribution_of_the_initializer():
    model = build()
    kernels = [np.array(v) for v in model.trainable_variables if v.name == "kernel"]
    assert len({kernel.tobytes() for kernel in kernels}) == len(kernels)
    for kernel in kernels:
        fan_in, fan_out = kernel[..., 0].size, kernel[..., 0, :].size
        limit = np.sqrt(6 / (fan_in + fan_out))  # Glorot and Bengio 2010, equation 16
        assert np.abs(kernel).max() <= limit
        if kernel.size > 10_000:
            assert abs(kernel.mean()) < 0.03 * limit
            assert abs(kernel.std() - limit / np.sqrt(3)) < 0.03 * limit
    for variable in model.variables:
        if variable.name in ("gamma", "moving_variance", "beta", "bias", "moving_mean"):
            np.testing.assert_array_equal(variable, float(variable.name in ("gamma", "moving_variance")))


def test_other_distributions_are_the_backend_s_own():
    @values_last
    def own():
        x = keras.Input((9, 9, 3))
        y = keras.layers.Conv2D(64, 3, kernel_initializer="he_normal")(x)
        y = keras.layers.Dropout(0.5)(y)  # which has the state of a random generator
        return keras.Model(x, keras.layers.Dense(64, kernel_initializer="orthogonal")(y))

    model = own()
    conv, dense = (np.array(v) for v in model.trainable_variables if v.name == "kernel")
    assert abs(conv.std() - np.sqrt(2 / 27)) < 0.1 * np.sqrt(2 / 27)
    np.testing.assert_allclose(dense @ dense.T, np.eye(64), atol=1e-4)
    model.compile("sgd", "mse")
    model.train_on_batch(np.ones((2, 9, 9, 3)), np.ones((2, 7, 7, 64)))


ON_JAX = """
import jax, json, keras
from tests.test_variables import build, fingerprint

with jax.log_compiles():
    model = build()
    model.compile("sgd", "mse")
print(json.dumps([keras.backend.backend(), fingerprint(model)]))
"""


def fingerprint(model):
    digest = hashlib.sha256()
    for variable in model.trainable_variables:
        digest.update(keras.ops.convert_to_numpy(variable).tobytes())
    return digest.hexdigest()


def test_a_seed_gives_the_same_values_on_every_backend_and_jax_compiles_none():
    environment = os.environ | {"KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"}
    run = subprocess.run(
        [sys.executable, "-c", ON_JAX], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert json.loads(run.stdout) == ["jax", fingerprint(build())]
    assert "_uniform" not in run.stderr  # what JAX would compile, once for every shape


def test_all_that_were_made_are_known():
    with abstract() as made:
        layer = keras.layers.Dense(3)
        layer.build((None, 2))
        own = keras.Variable(keras.initializers.Ones(), shape=(4,))
        with abstract() as inner:
            other = keras.Variable(keras.initializers.Ones(), shape=(5,))
    assert [id(v) for v in made] == [id(v) for v in (*layer.variables, own)]
    assert [id(v) for v in inner] == [id(other)]
    initialize(made)
    assert not valueless(layer)
    np.testing.assert_array_equal(own, np.ones(4))
    assert other._value is None


class Nested(keras.Layer):
    """A layer that Keras has to trace for its output's shape, and which reads its variables then."""

    def __init__(self):
        super().__init__()
        self.inner = [keras.layers.Conv2D(4, 3, kernel_initializer=Counting()) for _ in range(2)]

    def call(self, x):
        return self.inner[1](self.inner[0](x))


class Counting(keras.initializers.RandomNormal):
    """Counts how often it draws."""

    drawn = 0

    def __call__(self, *args, **kwargs):
        Counting.drawn += 1
        return super().__call__(*args, **kwargs)


def test_no_value_is_drawn_to_infer_a_shape():
    Counting.drawn = 0
    with abstract():
        x = keras.Input((8, 8, 3))
        model = keras.Model(x, Nested()(x))
    assert model.output_shape == (None, 4, 4, 4)
    assert Counting.drawn == 0
    assert valueless(model)
    initialize(model.variables)
    assert Counting.drawn == 2
    assert all(np.std(kernel) > 0 for kernel in model.variables if kernel.name == "kernel")
