import pytest

from cvlabs.plot import cost_bars, value_bars
from cvlabs.plot.bars import human, human_bytes

COSTS = {"1×1": (12_352, 9_633_792), "3×3": (110_720, 86_704_128)}


def test_two_axes_with_a_bar_and_a_number_for_each_label(figures):
    cost_bars(COSTS, "Module 3a")
    (figure,) = figures
    assert figure.get_suptitle() == "Module 3a"
    for axis, column, title in zip(figure.axes, (0, 1), ("parameters", "multiply-adds"), strict=True):
        assert axis.get_title() == title
        assert [bar.get_width() for bar in axis.patches] == [cost[column] for cost in COSTS.values()]
        assert [text.get_text() for text in axis.texts] == [human(cost[column]) for cost in COSTS.values()]
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == list(COSTS)


def test_the_first_label_is_on_top(figures):
    cost_bars(COSTS)
    bottom, top = figures[0].axes[0].get_ylim()
    assert bottom > top


def test_costs_of_nothing_are_bars_of_no_length(figures):
    cost_bars({"pool": (0, 0)})
    assert [bar.get_width() for axis in figures[0].axes for bar in axis.patches] == [0, 0]


def test_costs_come_from_a_function_that_may_not_be_written(figures, capfd):
    def costs():
        raise NotImplementedError

    cost_bars(costs)
    assert not figures
    assert capfd.readouterr() == ("No figure yet: costs is not written.\n", "")


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (950, "950"), (12_345, "12.3 k"), (6_998_552, "7 M"), (1.58e9, "1.58 G"), (-2000, "-2 k")],
)
def test_counts_read_as_in_papers(count, text):
    assert human(count) == text


def test_a_third_column_for_memory(figures):
    cost_bars({"conv1": (34_944, 105_415_200, 1_161_600), "dense6": (37_752_832, 37_748_736, 16_384)})
    memory = figures[0].axes[2]
    assert memory.get_title() == "memory"
    assert [bar.get_width() for bar in memory.patches] == [1_161_600, 16_384]
    assert [text.get_text() for text in memory.texts] == ["1.11 MiB", "16 KiB"]


def test_rows_of_different_width_are_refused():
    with pytest.raises(ValueError, match="zip"):
        cost_bars({"conv1": (1, 2), "conv2": (1, 2, 3)})


def test_one_number_for_each_label(figures, capfd):
    value_bars(lambda: {"conv1": 11, "pool1": 19}, "pixels", "fields")
    (axis,) = figures[0].axes
    assert axis.get_title() == "pixels"
    assert [text.get_text() for text in axis.texts] == ["11", "19"]
    value_bars(lambda: [][0], "pixels")
    assert len(figures) == 1
    assert "raised IndexError" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (980, "980 B"), (16_384, "16 KiB"), (5 * 2**30, "5 GiB")]
)
def test_bytes_are_written_in_units_of_1024(count, text):
    assert human_bytes(count) == text
