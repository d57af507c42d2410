"""Views that are none: told before and after they are called, with the function that is meant."""

import keras
import numpy as np
import pytest
from keras import layers

import cvlabs.data
import cvlabs.train
from cvlabs.train import evaluate, mirrored, multi_scale, predict, ten_crop

IMAGES = np.random.default_rng(0).random((3, 8, 8, 3), "float32")


@pytest.fixture(scope="module")
def model():
    inputs = keras.Input((6, 6, 3))
    return keras.Model(inputs, layers.Dense(4)(layers.Flatten()(layers.Rescaling(1.0)(inputs))))


def looking(model, views):
    evaluate(model, (IMAGES, np.array([0, 1, 2])), views=views)


@pytest.mark.parametrize(
    ("views", "message"),
    [
        (cvlabs.data.ten_crop(6), r"cvlabs\.data\.ten_crop, .*; views=cvlabs\.train\.ten_crop is meant"),
        (cvlabs.data.ten_crop, r"cvlabs\.data\.ten_crop, .*; views=cvlabs\.train\.ten_crop is meant"),
        (cvlabs.data.multi_scale(6), r"cvlabs\.data\.multi_scale, .*; cvlabs\.train\.multi_scale\(sizes\)"),
        (cvlabs.data.pad_crop_flip(), r"got cvlabs\.data\.pad_crop_flip, which augments training data\."),
        (multi_scale, r"multi_scale makes one: views=multi_scale\(sizes\)"),
        (mirrored, r"mirrored makes one: views=mirrored\(\)"),
        ("ten_crop", r"such as cvlabs\.train\.ten_crop; got 'ten_crop'"),
        ([ten_crop], r"such as cvlabs\.train\.ten_crop; got \[<function ten_crop"),
    ],
)
def test_what_is_no_views_function(model, views, message):
    with pytest.raises(ValueError, match=message):
        looking(model, views)
    with pytest.raises(ValueError, match=message):
        predict(model, IMAGES, views=views, classes="abcd")


def test_views_of_views_are_looked_at_too():
    with pytest.raises(ValueError, match=r"views=cvlabs\.train\.ten_crop is meant"):
        mirrored(cvlabs.data.ten_crop(6))
    with pytest.raises(ValueError, match=r"views=cvlabs\.train\.ten_crop is meant"):
        multi_scale((7, 8), cvlabs.data.ten_crop(6))


@pytest.mark.parametrize(
    ("returned", "got"),
    [
        (lambda images: images[:, :6, :6], "got ndarray"),
        (lambda images: [], "got list"),
        (lambda images: None, "got NoneType"),
        (lambda images: [images[:2, :6, :6]], r"got shapes \(2, 6, 6, 3\)"),
        (lambda images: [images[:, :6, :6], images[0]], r"\(3, 6, 6, 3\), \(8, 8, 3\)"),
        (lambda images: (np.repeat(images, 10, axis=0), np.zeros(30)), r"\(30, 8, 8, 3\), \(30,\)"),
    ],
)
def test_what_a_function_must_return(model, returned, got):
    with pytest.raises(ValueError, match=rf"one view of each image, 3×H×W×C here; .*{got}"):
        looking(model, lambda images, size: returned(images))


def test_a_function_of_yours_will_do(model):
    found = evaluate(model, (IMAGES, np.zeros(3, int)), views=lambda x, size: (x[:, :6, :6], x[:, 2:, 2:]))
    assert found.views == 2
