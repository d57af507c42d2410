"""Evidence is untrusted: what a probe writes is read back, and everything else is refused."""

import json

import numpy as np
import pytest

from cvlabs.checks import evidence


def value(value):
    return built() | {"trials": [{"outcome": "value", "value": value}]}


def nested(depth):
    return [nested(depth - 1)] if depth else 1


def built(**changes):
    trial = {
        "outcome": "built",
        "shapes": [[None, 3]],
        "params": [6, 0],
        "params_twice": None,
        "weights": {"kernel 2×3": 1},
        "outputs": [evidence.encode_array(np.arange(6, dtype=np.float32).reshape(2, 3))],
        "noise": [0.5],
    }
    return {"version": 2, "lab": "l", "check": "c", "signature": None, "trials": [trial | changes]}


def test_arrays_survive_json():
    array = np.random.default_rng(0).normal(size=(3, 4, 5)).astype(np.float32)
    record = json.loads(json.dumps(evidence.encode_array(array)))
    np.testing.assert_array_equal(evidence.decode_array(record), array)


def test_reads_what_a_probe_writes():
    signature, (trial,) = evidence.read(json.loads(json.dumps(built())), "l", "c", 1)
    assert signature is None
    assert trial["shapes"] == [[None, 3]]
    np.testing.assert_array_equal(trial["outputs"][0], [[0, 1, 2], [3, 4, 5]])


def test_outputs_in_training_may_be_left_out():
    array = np.ones((2, 3), np.float32)
    for changes, count in (({}, 0), ({"trained": [evidence.encode_array(array)]}, 1)):
        _, (trial,) = evidence.read(built(**changes), "l", "c", 1)
        assert [np.array_equal(y, array) for y in trial["trained"]] == [True] * count


def test_what_only_hints_need_may_be_left_out():
    for changes, lost in (({}, {}), ({"lost": {"bias 3": 1}}, {"bias 3": 1})):
        _, (trial,) = evidence.read(built(**changes), "l", "c", 1)
        assert trial["lost"] == lost
    raised = {"outcome": "raised", "type": "E", "message": "", "where": ""}
    for changes, layer in (({}, ""), ({"layer": "ReLU"}, "ReLU")):
        _, (trial,) = evidence.read(built() | {"trials": [raised | changes]}, "l", "c", 1)
        assert trial["layer"] == layer


def test_the_way_of_averages_and_the_counts_of_values_may_be_left_out():
    array = np.arange(3, dtype=np.float32)
    _, (trial,) = evidence.read(built(way=evidence.encode_array(array), values=[2, 64]), "l", "c", 1)
    np.testing.assert_array_equal(trial["way"], array)
    assert trial["values"] == [2, 64]
    _, (trial,) = evidence.read(built(), "l", "c", 1)
    assert trial["way"].size == 0
    assert trial["values"] == []


def test_what_is_not_plain_data_may_say_where_it_stands():
    for path in ({}, {"path": [1, 0]}):
        trial = {"outcome": "form", "got": "None"} | path
        assert evidence.read(built() | {"trials": [trial]}, "l", "c", 1) == (None, [trial])


@pytest.mark.parametrize("path", [7, ["a"], [-1], [True], [0] * 7])
def test_nothing_but_a_path_says_so(path):
    with pytest.raises(evidence.BadEvidence):
        evidence.read(built() | {"trials": [{"outcome": "form", "got": "None", "path": path}]}, "l", "c", 1)


def test_a_wrong_signature_needs_no_trials():
    record = {"version": 2, "lab": "l", "check": "c", "signature": "must be callable"}
    assert evidence.read(record, "l", "c", 3) == ("must be callable", [])


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (None, "must be an object"),
        ([], "must be an object"),
        ({"version": 1}, "version 1"),
        (built() | {"lab": "another"}, "for the lab 'another'"),
        (built() | {"check": "another"}, "for the check 'another'"),
        (built() | {"trials": []}, "0 trials; expected 1"),
        (built() | {"trials": [{}] * 1000}, "at most 64"),
        (built() | {"trials": [{"outcome": "passed"}]}, "outcome 'passed'"),
        (built(params=[-1, 0]), "whole number"),
        (built(params=[True, 0]), "whole number"),
        (built(params="many"), "must be a list"),
        (built(params=[1]), "1 parameter counts"),
        ([[]] * 3, "got a list of 3"),
        (built() | {"version": nested(500)}, "version a list of 1"),
        (built(outputs=[{"shape": [1], "data": "é" * 8}]), "not base64"),
        (built(shapes=[[1.5]]), "whole number"),
        (built(trained=3), "the outputs in training must be a list"),
        (built(way=[1.0]), "an array must be an object"),
        (built(values=[0.5]), "whole number"),
        (built(values=[1] * 9), "at most 8"),
        (built(noise=[float("nan")]), "below 1e30"),
        (built(noise=[float("inf")]), "below 1e30"),
        (built(outputs=[{"shape": [2], "data": "AAAA"}]), "does not fit its shape"),
        (built(outputs=[{"shape": [1], "data": "!!!!!!=="}]), "not base64"),
        (built(outputs=[{"shape": [10**6, 10**6], "data": ""}]), "at most 1,000,000"),
        (built(outputs=[{"shape": [0, 2**53 - 1, 2**53 - 1], "data": ""}]), "at most 1,000,000"),
        (built(outputs=[{"shape": [1]}]), "does not fit its shape"),
        (value(None), "below 1e30"),
        (value(True), "below 1e30"),
        (value({"a": 1}), "below 1e30"),
        (value([1, [2, float("nan")]]), "below 1e30"),
        (value(10**40), "below 1e30"),
        (value(["x" * 2001]), "2,001 characters"),
        (value([[0] * 101] * 100), "10,200 entries"),
        (value(nested(evidence.MAX_DEPTH + 1)), "nested more than"),
        (built(weights={str(i): 1 for i in range(5000)}), "kinds of weights"),
    ],
)
def test_refuses_everything_else(record, message):
    with pytest.raises(evidence.BadEvidence, match=message):
        evidence.read(record, "l", "c", 1)


@pytest.mark.parametrize("plain", [1, 2.5, "a", [], [["conv1", [55, 55, 96], 3]], nested(evidence.MAX_DEPTH)])
def test_reads_plain_data(plain):
    _, (trial,) = evidence.read(json.loads(json.dumps(value(plain))), "l", "c", 1)
    assert trial == {"outcome": "value", "value": plain}


def test_text_can_be_written_to_a_file():
    trial = {"outcome": "raised", "type": "E\ud800", "message": "", "where": ""}
    _, (read,) = evidence.read(built() | {"trials": [trial]}, "l", "c", 1)
    assert read["type"] == "E?"


def test_text_is_cut():
    trial = {"outcome": "raised", "type": "E", "message": "x" * 10**6, "where": ""}
    _, (read,) = evidence.read(built() | {"trials": [trial]}, "l", "c", 1)
    assert len(read["message"]) == evidence.MAX_TEXT
