import pytest
from matplotlib.colors import to_hex

from cvlabs.plot import cost_bars
from cvlabs.plot.bars import BYTES, MACS, OTHERS, PARAMS, human

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


@pytest.mark.parametrize(
    ("columns", "colours"),
    [(("MiB", "parameters", "multiply-adds"), [OTHERS, PARAMS, MACS]), (("multiply-adds",), [MACS])],
)
def test_columns_may_be_others(figures, columns, colours):
    costs = {"conv1": (0.77, 23_232, 72_855_552)[-len(columns) :], "pool1": (0.18, 0, 0)[-len(columns) :]}
    cost_bars(costs, columns=columns)
    (figure,) = figures
    assert [axis.get_title() for axis in figure.axes] == list(columns)
    for axis, column, colour in zip(figure.axes, range(len(columns)), colours, strict=True):
        assert [bar.get_width() for bar in axis.patches] == [cost[column] for cost in costs.values()]
        assert [to_hex(bar.get_facecolor()) for bar in axis.patches] == [colour] * 2


def test_costs_come_from_a_function_that_may_not_be_written(figures, capfd):
    def costs():
        raise NotImplementedError

    cost_bars(costs)
    assert not figures
    assert capfd.readouterr() == ("No figure yet: costs is not written.\n", "")


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (950, "950"),
        (12_345, "12.3 k"),
        (6_998_552, "7 M"),
        (1.58e9, "1.58 G"),
        (-2000, "-2 k"),
        (3.0625, "3.06"),
        (333.3, "333"),
    ],
)
def test_counts_read_as_in_papers(count, text):
    assert human(count) == text


def test_bytes_are_written_in_units_of_1024(figures):
    cost_bars({"conv1": (34_944, 1_161_600), "dense6": (37_752_832, 16_384)}, columns=("parameters", "bytes"))
    memory = figures[0].axes[1]
    assert [bar.get_width() for bar in memory.patches] == [1_161_600, 16_384]
    assert [text.get_text() for text in memory.texts] == ["1.11 MiB", "16 KiB"]
    assert {to_hex(bar.get_facecolor()) for bar in memory.patches} == {BYTES}
