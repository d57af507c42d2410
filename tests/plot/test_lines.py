import pytest

from cvlabs.plot import lines

FALLING = {"shallow": [(1, 90.0), (2, 40.0)], "deep": [(1, 90.0), (2, 80.0)]}


def shown(axis):
    return {line.get_label(): list(zip(*line.get_data(), strict=True)) for line in axis.lines}


def test_panels_side_by_side(figures):
    lines({"mine": FALLING, "theirs": {"plain": [(20, 9.5)]}}, ["epoch", "layers"], "error", title="both")
    first, second = figures[0].axes
    assert shown(first) == FALLING
    assert shown(second) == {"plain": [(20, 9.5)]}
    assert [axis.get_xlabel() for axis in (first, second)] == ["epoch", "layers"]
    assert [axis.get_title() for axis in (first, second)] == ["mine", "theirs"]
    assert (first.get_ylabel(), second.get_ylabel()) == ("error", "")
    assert figures[0].get_suptitle() == "both"
    assert first.get_ylim()[0] == 0


def test_lines_differ_in_colour_or_style(figures):
    lines({"": {str(i): [(1, i), (2, i)] for i in range(6)}}, ["x"], "y")
    looks = {(line.get_color(), line.get_linestyle()) for line in figures[0].axes[0].lines}
    assert len(looks) == 6


def test_a_panel_may_be_computed_or_missing(figures):
    lines({"mine": None, "theirs": lambda: FALLING}, ["epoch", "layers"], "error")
    (axis,) = figures[0].axes
    assert (axis.get_title(), axis.get_xlabel()) == ("theirs", "layers")


def test_a_logarithmic_axis(figures):
    lines({"": FALLING}, ["epoch"], "error", log=True)
    assert figures[0].axes[0].get_yscale() == "log"


def not_written():
    raise NotImplementedError


@pytest.mark.parametrize(
    ("panels", "words"),
    [
        ({"": None}, "nothing to show"),
        ({}, "nothing to show"),
        ({"": not_written}, "not_written is not written"),
    ],
)
def test_what_cannot_be_shown_is_said(figures, capfd, panels, words):
    lines(panels, ["x"] * len(panels), "y")
    assert not figures
    assert words in capfd.readouterr().out
