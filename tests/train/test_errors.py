"""Top-k errors against TensorFlow's own, and the cases that it leaves open."""

import numpy as np
import pytest

from cvlabs.train.confusion import confusion_matrix, most_confused
from cvlabs.train.errors import label_ranks, top_k_error


def test_ranks_agree_with_sorting():
    rng = np.random.default_rng(0)
    scores, labels = rng.permuted(np.tile(np.arange(20.0), (200, 1)), axis=1), rng.integers(0, 20, 200)
    order = np.argsort(-scores, axis=1).tolist()
    expected = [row.index(label) for row, label in zip(order, labels, strict=True)]
    assert label_ranks(scores, labels).tolist() == expected


@pytest.mark.parametrize("k", [1, 5])
def test_errors_agree_with_tensorflow(k):
    tf = pytest.importorskip("tensorflow")
    rng = np.random.default_rng(1)
    scores, labels = rng.standard_normal((300, 10)).astype("float32"), rng.integers(0, 10, 300)
    right = tf.math.in_top_k(labels, scores, k).numpy()
    assert top_k_error(label_ranks(scores, labels), k) == pytest.approx(100 * (1 - right.mean()))


def test_a_network_that_says_the_same_to_everything_has_the_error_of_chance():
    ranks = label_ranks(np.ones((10, 10)), np.arange(10))
    assert top_k_error(ranks, 1) == 90
    assert top_k_error(ranks, 5) == 50


def test_what_is_no_number_is_wrong():
    scores = np.array([[np.nan, 1.0, 2.0], [0.0, 1.0, 2.0]])
    assert top_k_error(label_ranks(scores, [2, 2]), 1) == 50


@pytest.mark.parametrize(
    ("scores", "labels", "message"),
    [
        (np.ones((2, 3)), [0, 3], "labels must be from 0 to 2, as the network has 3 outputs; got 0 to 3"),
        (np.ones((2, 3)), [0, -1], "got -1 to 0"),
        (np.ones((2, 3)), [0], r"got \(2, 3\) and \(1,\)"),
        (np.ones(3), [0, 1, 2], "scores must be N×classes"),
    ],
)
def test_what_does_not_fit(scores, labels, message):
    with pytest.raises(ValueError, match=message):
        label_ranks(scores, labels)


def test_confusion_counts_pairs():
    rng = np.random.default_rng(2)
    labels, predictions = rng.integers(0, 4, 100), rng.integers(0, 4, 100)
    matrix = confusion_matrix(labels, predictions, 4)
    for i in range(4):
        for j in range(4):
            assert matrix[i, j] == sum((labels == i) & (predictions == j))


def test_most_confused_goes_by_the_share_of_the_class():
    matrix = [[90, 10, 0], [0, 1, 1], [0, 0, 5]]
    pairs = most_confused(matrix, ["cat", "dog", "emu"])
    assert [(p.true, p.predicted, p.count, p.share) for p in pairs] == [
        ("dog", "emu", 1, 0.5),
        ("cat", "dog", 10, 0.1),
    ]
    assert most_confused(matrix, ["cat", "dog", "emu"], 1) == pairs[:1]
    assert most_confused(np.eye(3), ["cat", "dog", "emu"]) == []
