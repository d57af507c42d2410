"""Functions of plain data: what is compared how, and what a report says of a difference."""

import json
import random

import keras
import numpy as np
import pytest

from cvlabs.checks.answers import ANSWERS, Answer
from cvlabs.checks.hints_numbers import OVERFLOW, ROUNDED
from cvlabs.checks.judge import judge
from cvlabs.checks.probe import probe, probe_layers, probe_value
from cvlabs.checks.task import Case, Task
from cvlabs.checks.wording import form, value

TABLE = [
    ("conv1", (55, 55, 96), 34_944, 105_415_200),
    ("conv2", (27, 27, 256), 307_456, 223_948_800),
    ("dense", (1_000,), 4_097_000, 4_096_000),
]
COLUMNS = ("name", "output_shape", "params", "macs")
NAMED = "4 entries (name, output_shape, params, macs)"
CASE = Case({"n": 1})


@pytest.fixture
def verdict(monkeypatch):
    """Judges a result against a reference's."""

    def judged(result, reference, *, columns=(), reveal=False, case=CASE):
        task = Task(
            "f", "lab91_plain", 1, tuple(case.arguments), "", lambda rng: (case,), probe_value, columns
        )
        monkeypatch.setitem(ANSWERS, task.lab, {"f": Answer(lambda *_, **__: reference)})
        record = probe(task, lambda *_, **__: result, task.draw("s"))
        return judge(task, "s", json.loads(json.dumps(record)), reveal=reveal)

    return judged


def wrapped(number):
    return int(np.array(number).astype(np.int32))


def problem(verdict):
    """The aspect that failed, and its detail."""
    return next((a.name, a.detail) for a in verdict.aspects if a.state == "failed")


def changed(row, column, new):
    table = [list(entries) for entries in TABLE]
    table[row][column] = new
    return table


@pytest.mark.parametrize(
    ("result", "reference"),
    [
        (5.0, 5),
        (5, 5.0),
        (2.5 * (1 + 1e-9), 2.5),
        (1 / 3 + 1 / 3 + 1 / 3, 1.0),
        (1e-17, 0.0),
        ([np.float32(0.1)], (0.1,)),
        ("relu", "relu"),
        (TABLE, TABLE),
        (tuple(map(list, TABLE)), TABLE),
        (np.arange(6).reshape(2, 3), [[0, 1, 2], [3, 4, 5]]),
        (keras.ops.arange(3), (0, 1, 2)),
    ],
)
def test_right_values_pass(verdict, result, reference):
    assert verdict(result, reference).passed


@pytest.mark.parametrize(
    ("result", "reference", "aspect"),
    [
        (5.0000001, 5, "output"),
        (2**60 + 1, 2**60, "output"),
        (25.46, 25.4594594, "output"),
        (1e-9, 0.0, "output"),
        ("ReLU", "relu", "output"),
        ("5", 5, "shape"),
        (5, "5", "shape"),
        ((5,), 5, "shape"),
        ([1, 2], [1, 2, 3], "shape"),
        ([], [1], "shape"),
        ([True, 2], [1, 2], "shape"),
        (TABLE[:2], TABLE, "shape"),
        ([row[:3] for row in TABLE], TABLE, "shape"),
        (changed(1, 0, "conv3"), TABLE, "output"),
        (changed(2, 1, 1_000), TABLE, "shape"),
    ],
)
def test_wrong_values_fail(verdict, result, reference, aspect):
    assert problem(verdict(result, reference))[0] == aspect


@pytest.mark.parametrize(
    ("result", "detail"),
    [
        (changed(1, 2, 614_656), "row 2 (conv2): params is 614,656, expected 307,456."),
        (
            changed(1, 1, (27, 28, 256)),
            "row 2 (conv2): output_shape is (27, 28, 256), expected (27, 27, 256).",
        ),
        (changed(1, 0, "conv3"), "row 2: name is 'conv3', expected 'conv2'."),
        (
            changed(2, 1, 1_000),
            "row 3 (dense): output_shape must be a list of 1 number, got one number, 1,000 "
            "(`(1000,)`, with a comma, is a tuple of one entry).",
        ),
        (changed(2, 3, "many"), "row 3 (dense): macs must be one number, got a text, 'many'."),
        (changed(0, 2, (1, 2)), "row 1 (conv1): params must be one number, got a pair of numbers."),
        (TABLE[:2], f"must return a list of 3 rows of {NAMED}, got a list of 2 rows of 4 entries."),
        ([*TABLE[:2], ("dense",)], f"row 3 must be a list of {NAMED}, got a list of 1 text."),
        (None, f"must return a list of 3 rows of {NAMED}, got None (is the return statement missing?)."),
        ([*TABLE[:2], {}], f"a list of 3 rows of {NAMED}. In yours, row 3 is a dictionary of 0."),
        (
            sum(TABLE, ()),
            "got a list of 12 entries (`append` adds a row; `+=` and `extend` add its entries).",
        ),
        ([*TABLE, ("pool", (1,), 0, 0)], "got a list of 4 rows of 4 entries (not asked for: 'pool')."),
        (changed(1, 1, (27, None, 256)), "In yours, row 2: output_shape, entry 2 is None."),
        ([*TABLE, [1, [2, [None]]]], "In yours, row 4: output_shape, entry 2, entry 1 is None."),
    ],
)
def test_a_report_says_where_a_table_differs(verdict, result, detail):
    assert problem(verdict(result, TABLE, columns=COLUMNS, reveal=True))[1].endswith(detail)


@pytest.mark.parametrize(
    ("result", "reference", "columns", "detail"),
    [
        ((1, 2), (1, 3), (), "f(n=1) returned (1, 2), expected (1, 3)."),
        ((1, 2), (1, 3), ("params", "macs"), "macs is 2, expected 3."),
        (list(range(99)), [*range(98), 1_000], (), "entry 99 is 98, expected 1,000."),
        ((1, [2, [3, 4]]), (1, [2, [3, 5]]), (), "entry 2, entry 2 is (3, 4), expected (3, 5)."),
        ([[1, 2], [3, 4]], [[1, 2], [3, 5]], (), "row 2: entry 2 is 4, expected 5."),
        ("a" * 500, "b", (), f"returned '{'a' * 70}…, expected 'b'."),
    ],
)
def test_a_report_says_where_other_values_differ(verdict, result, reference, columns, detail):
    assert problem(verdict(result, reference, columns=columns, reveal=True))[1].endswith(detail)


@pytest.mark.parametrize(
    ("result", "reference", "detail"),
    [
        (
            (7,),
            7,
            "got a list of 1 number (is there a comma at its end, or are there brackets around it?).",
        ),
        ((7, 8), 7, "one number, got a pair of numbers."),
        (("a",), 7, "one number, got a list of 1 text."),
        (
            (1, 2, 1, 2, 1, 2),
            (3, 6),
            "got a list of 6 numbers (`+` joins tuples and lists; it does not add their entries).",
        ),
        ((1, 2, 3), (3, 6), "got a list of 3 numbers."),
        (TABLE * 2, TABLE, "got a list of 6 rows of 4 entries."),
    ],
)
def test_a_report_says_what_may_have_led_to_another_form(verdict, result, reference, detail):
    name, text = problem(verdict(result, reference))
    assert (name, text.endswith(detail)) == ("shape", True), text


ONES = (7, [999_983 * 10**4, 37_792_526_409])
"""Whole numbers, of which two have neither room in 32 bits nor in a float32."""


@pytest.mark.parametrize(
    ("result", "hint"),
    [
        ((7, [wrapped(999_983 * 10**4), wrapped(37_792_526_409)]), OVERFLOW),
        ((7, [999_983 * 10**4, wrapped(37_792_526_409) + 2**32]), OVERFLOW),  # without a sign
        ((7, [999_983 * 10**4, float(np.float32(37_792_526_409))]), ROUNDED),
        ((7.0, [float(np.float32(n)) for n in ONES[1]]), ROUNDED),
        ((7, [999_983 * 10**4, 37_792_526_408]), None),  # one less
        ((8, [999_983 * 10**4, float(np.float32(37_792_526_409))]), None),
        ((8, [wrapped(n) for n in ONES[1]]), None),
        ((7, [999_983 * 10**4, 10**400]), None),  # which no float holds
    ],
)
def test_numbers_that_the_computer_spoilt_are_said_to_be(verdict, result, hint):
    judged = verdict(result, ONES)
    assert not judged.passed
    assert (judged.hint if judged.hint in (OVERFLOW, ROUNDED) else None) == hint


class TestNames:
    """A list of texts: how many there are is for the answer to find out."""

    @pytest.mark.parametrize("result", [[], ["b"], ["a", "b", "c"], ("b", "a")])
    @pytest.mark.parametrize("reveal", [True, False])
    def test_another_number_of_them_is_another_answer(self, verdict, result, reveal):
        name, detail = problem(verdict(result, ["a", "b"], reveal=reveal))
        assert name == "output"
        assert detail == f"f(n=1) returned {list(result)}, " + (
            "expected ['a', 'b']." if reveal else "which is not right."
        )

    def test_none_may_be_right(self, verdict):
        assert verdict([], []).passed
        assert problem(verdict(["a"], [], reveal=True))[1] == "f(n=1) returned ['a'], expected []."

    @pytest.mark.parametrize("result", [[1], "a", [["a"]], {"a"}, 3])
    @pytest.mark.parametrize("reference", [[], ["a", "b"]])
    def test_something_else_is_another_form(self, verdict, result, reference):
        name, detail = problem(verdict(result, reference))
        assert name == "shape"
        assert "expected" not in detail
        assert "must be a text" in detail or "must return a list of texts" in detail


def test_expected_values_are_not_shown_unless_they_may_be(verdict):
    for result in (changed(1, 2, 614_656), changed(1, 0, "conv3"), changed(1, 1, (27, 28, 256))):
        detail = problem(verdict(result, TABLE, columns=COLUMNS))[1]
        assert detail.endswith("which is not right.")
        assert "307,456" not in detail
        assert "conv2'" not in detail
        assert "(27, 27, 256)" not in detail


def test_long_arguments_are_shortened(verdict):
    layers = [(f"conv{i}", 3, 64 * i) for i in range(1, 40)]
    case = Case({"input_shape": (224, 224, 3), "layers": layers, "name": "x" * 500})
    detail = problem(verdict(1, 2, case=case))[1]
    assert (
        "f(input_shape=(224, 224, 3), layers=[('conv1', 3, 64), ('conv2', 3, 128), ('conv3', 3, 192),"
        in detail
    )
    assert "… 36 more], name='xxx" in detail
    assert len(detail) < 260


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        (1, "one number"),
        ("a", "a text"),
        ([], "an empty list"),
        ([1, 2], "a pair of numbers"),
        (["a", "b", "c"], "a list of 3 texts"),
        ([1, "a"], "a list of 2 entries"),
        ([[1], [2]], "a list of 2 rows of 1 entry"),
        ([[1], [2, 3]], "a list of 2 rows"),
        ([[1], 2], "a list of 2 entries"),
    ],
)
def test_forms_in_words(plain, words):
    assert form(plain) == words


def test_values_are_written_for_reading():
    assert value([9_408, 118_013_952]) == "(9,408, 118,013,952)"
    assert value(5.0) == "5"
    assert value([7]) == "(7,)"
    assert value([["a" * 30] * 9] * 9).count("more") >= 2


def squares(x, depth_radius=2):
    """Sum of the squares of neighbouring channels, by operations alone."""
    channels = x.shape[-1]
    padded = keras.ops.pad(keras.ops.square(x), [(0, 0)] * 3 + [(depth_radius, depth_radius)])
    return sum(padded[..., i : i + channels] for i in range(2 * depth_radius + 1))


def unrolled_squares(x, depth_radius=2):
    parts = keras.ops.split(x, x.shape[-1], axis=-1)
    places = range(len(parts))
    near = [[parts[j] for j in places if abs(i - j) <= depth_radius] for i in places]
    return keras.ops.concatenate([sum(part * part for part in few) for few in near], axis=-1)


def narrow_squares(x, depth_radius=2):
    """Your window is one channel too narrow."""
    return squares(x, depth_radius - 1)


class TestOperations:
    """A function of a tensor without layers or weights."""

    @pytest.fixture
    def judged(self, monkeypatch):
        def cases(rng: random.Random):
            return tuple(
                Case({"depth_radius": n}, (3, 4, 7), rng.getrandbits(32), fresh=True) for n in (2, 1)
            )

        task = Task("squares", "lab91_ops", 1, ("x", "depth_radius"), "", cases, probe_layers)
        monkeypatch.setitem(ANSWERS, task.lab, {"squares": Answer(squares, (narrow_squares,))})
        return lambda answer: judge(task, "s", json.loads(json.dumps(probe(task, answer, task.draw("s")))))

    @pytest.mark.parametrize("answer", [squares, unrolled_squares])
    def test_right_ones_pass(self, judged, answer):
        assert judged(answer).passed

    def test_without_weights_the_hint_is_to_compute_by_hand(self, judged):
        assert judged(lambda x, depth_radius=2: x).hint.startswith("Take one pixel with five channels")

    def test_wrong_ones_are_named(self, judged):
        assert judged(narrow_squares).misconception == "narrow_squares"

    @pytest.mark.parametrize(
        "answer",
        [
            lambda x, depth_radius=2: keras.ops.convert_to_tensor(np.square(keras.ops.convert_to_numpy(x))),
            lambda x, depth_radius=2: x * float(keras.ops.max(x)),
            lambda x, depth_radius=2: x if keras.ops.max(x) > 0 else -x,
            lambda x, depth_radius=2: sum(x[i] for i in range(x.shape[0])),
        ],
    )
    def test_ones_that_need_values_are_told_so(self, judged, answer):
        name, detail = problem(judged(answer))
        assert name == "call"
        assert "It works on a tensor that holds values, but a network is built with keras.Input" in detail

    def test_others_that_raise_are_not(self, judged):
        name, detail = problem(judged(lambda x, depth_radius=2: x + undefined))  # noqa: F821
        assert name == "call"
        assert "holds values" not in detail
