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


def looks(figure):
    return [(line.get_color(), line.get_linestyle()) for line in figure.axes[0].lines]


def test_few_lines_differ_in_colour(figures):
    lines({"": {str(i): [(1, i), (2, i)] for i in range(3)}}, ["x"], "y")
    assert len({colour for colour, _ in looks(figures[0])}) == 3
    assert {style for _, style in looks(figures[0])} == {"-"}


def test_of_more_lines_two_and_two_share_a_colour(figures):
    lines({"": {str(i): [(1, i), (2, i)] for i in range(6)}}, ["x"], "y")
    colours, styles = zip(*looks(figures[0]), strict=True)
    assert colours[::2] == colours[1::2]
    assert len(set(colours)) == 3
    assert styles == ("--", "-") * 3


@pytest.mark.parametrize("share", [False, True])
def test_panels_may_share_their_range(figures, share):
    lines({"mine": FALLING, "theirs": {"plain": [(20, 9.5)]}}, ["x", "x"], "y", share=share)
    first, second = figures[0].axes
    assert (first.get_ylim() == second.get_ylim()) == share


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
