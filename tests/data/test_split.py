import numpy as np
import pytest

from cvlabs.data.split import parse_split, take_slice

LABELS = np.repeat([0, 1, 2], [50, 30, 4])


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("train", ("train", None)),
        ("train[:80%]", ("train", ("", "80%"))),
        ("test[-5:]", ("test", ("-5", ""))),
        ("validation[10:20]", ("validation", ("10", "20"))),
    ],
)
def test_how_slices_are_written(text, parsed):
    assert parse_split(text) == parsed


@pytest.mark.parametrize("text", ["", "train[", "train[5]", "train[:5%:]", "train+test", "train[a:b]"])
def test_how_they_are_not(text):
    with pytest.raises(ValueError, match="Unknown split"):
        parse_split(text)


def test_percents_take_their_share_of_each_class():
    low, high = take_slice(LABELS, ("", "80%")), take_slice(LABELS, ("80%", ""))
    assert np.bincount(LABELS[low]).tolist() == [40, 24, 3]
    assert sorted([*low, *high]) == list(range(84))
    assert take_slice(LABELS, ("-20%", "")).tolist() == high.tolist()
    parts = [take_slice(LABELS, (f"{i}%", f"{i + 1}%")) for i in range(100)]
    assert sorted(np.concatenate(parts)) == list(range(84))


def test_percents_leave_some_of_each_class_at_both_sides():
    labels = np.repeat([0, 1, 2, 3], [2, 3, 40, 1])
    low, high = take_slice(labels, ("", "99%")), take_slice(labels, ("99%", ""))
    assert np.bincount(labels[low]).tolist() == [1, 2, 39, 1]
    assert np.bincount(labels[high]).tolist() == [1, 1, 1]
    assert len(take_slice(labels, ("0%", "0%"))) == len(take_slice(labels, ("100%", ""))) == 0
    parts = [take_slice(labels, (f"{i}%", f"{i + 1}%")) for i in range(100)]
    assert sorted(np.concatenate(parts)) == list(range(46))


def test_numbers_count_round_the_classes():
    assert np.bincount(LABELS[take_slice(LABELS, ("", "12"))]).tolist() == [4, 4, 4]
    assert np.bincount(LABELS[take_slice(LABELS, ("", "16"))]).tolist() == [6, 6, 4]
    first, rest = take_slice(LABELS, ("", "20")), take_slice(LABELS, ("20", ""))
    assert sorted([*first, *rest]) == list(range(84))


def test_the_order_of_labels_does_not_matter():
    mixed = np.random.default_rng(0).permutation(LABELS)
    assert np.bincount(mixed[take_slice(mixed, ("50%", ""))]).tolist() == [25, 15, 2]


@pytest.mark.parametrize("bounds", [("", "120%"), ("5", "50%"), ("-130%", "")])
def test_percents_out_of_range(bounds):
    with pytest.raises(ValueError, match=r"Percentages|a percentage"):
        take_slice(LABELS, bounds)
