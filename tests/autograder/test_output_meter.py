"""Limits of output, counted while it arrives."""

from autograder.output_meter import OutputMeter, size_of

TEXT = {"name": "stdout", "text": "x" * 1000}


def test_small_outputs_are_kept():
    meter = OutputMeter(5_000, 100_000, 10_000)
    meter.start_cell()
    assert meter.admits(TEXT, evidence=False)
    assert meter.note == ""


def test_a_flood_is_cut_and_does_not_use_up_the_notebooks_share():
    meter = OutputMeter(5_000, 20_000, 10_000)
    meter.start_cell()
    kept = sum(meter.admits(TEXT, evidence=False) for _ in range(1000))
    assert kept == 3
    assert meter.note == "This cell put out more than 0.005 MB and was stopped; the rest was cut."
    meter.start_cell()
    assert meter.admits(TEXT, evidence=False)


def test_many_tiny_outputs_are_a_flood():
    meter = OutputMeter(5_000, 20_000, 10_000)
    meter.start_cell()
    assert sum(meter.admits("", evidence=False) for _ in range(1000)) == 20


def test_the_notebooks_share_ends_without_a_flood_in_a_cell():
    meter = OutputMeter(5_000, 4_000, 10_000)
    for _ in range(4):
        meter.start_cell()
        meter.admits(TEXT, evidence=False)
    assert not meter.flooded
    assert meter.note == "The notebook put out more than 0.004 MB; the rest was cut."


def test_evidence_has_a_share_of_its_own():
    meter = OutputMeter(5_000, 4_000, 10_000)
    meter.start_cell()
    assert sum(meter.admits(TEXT, evidence=False) for _ in range(10)) == 2
    assert meter.admits({"data": "x" * 9_000}, evidence=True)
    assert not meter.admits({"data": "x" * 9_000}, evidence=True)


def test_a_flood_of_evidence_names_its_own_limit():
    meter = OutputMeter(5_000, 4_000, 10_000)
    meter.start_cell()
    meter.admits({"data": "x" * 11_000}, evidence=True)
    assert meter.flooded
    assert meter.note == "This cell left more than 0.01 MB of evidence and was stopped; the rest was cut."


def test_sizes_follow_the_content():
    assert size_of({"a": ["x" * 1000, 5, None, True]}) > 1000
