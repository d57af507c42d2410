"""The views of a cost: text, HTML, tables, JSON, figures; and files."""

import json
import sys
from html.parser import HTMLParser
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

import cvlabs
from cvlabs.cli import main
from cvlabs.cost import CONVENTIONS, calculate
from cvlabs.plot.bars import binary


@pytest.fixture(scope="module")
def cost():
    return cvlabs.cost("resnet18")


def saved(tmp_path, model):
    path = tmp_path / f"{model.name}.keras"
    model.save(path)
    return path


def functional(name="mine"):
    inputs = keras.Input((32, 24, 1), name="image")
    x = layers.Conv2D(4, 3, activation="relu", name="conv")(inputs)
    return keras.Model(inputs, layers.Dense(3)(layers.GlobalAveragePooling2D()(x)), name=name)


def test_every_view_says_which_convention(cost):
    for name in CONVENTIONS:
        under = cost.under(name)
        assert f"convention {name}" in str(under).splitlines()[0]
        assert f"convention {name}" in under.layer_table().text()
        assert f"convention {name}" in under._repr_html_()
        assert CONVENTIONS[name].about in str(under)


def test_text_has_stages_and_totals_and_fits_a_terminal(cost):
    lines = str(cost).splitlines()
    assert [line.split()[0] for line in lines[2:-2]] == [stage.name for stage in cost.by_stage()] + ["total"]
    assert lines[-3].split()[:4] == ["total", "74", "11,689,512", "1,814,073,344"]
    assert max(map(len, lines[:-2])) <= 80


def test_a_row_per_layer_shows_what_is_not_counted(cost):
    lines = {line.split()[0]: line for line in cost.layer_table().text().splitlines() if line}
    assert "stage2_block1_conv1" in lines
    assert lines["stem_relu"].split()[4] == "–"
    assert "listed, not counted" in cost.layer_table().text()


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_html_is_whole_and_self_contained(cost):
    html = cost._repr_html_()
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert tags.seen.count("tr") == len(cost.by_stage()) + len(cost.rows) + 4  # headings and totals
    assert "http" not in html
    assert "<script" not in html
    assert "<b>&lt;i&gt;, convention" in calculate(functional("<i>"))._repr_html_()


def test_dataframe(cost):
    pytest.importorskip("pandas")
    frame = cost.to_dataframe()
    assert len(frame) == len(cost.rows)
    assert frame["macs"].sum() == cost.total.macs
    assert frame["macs"].isna().sum() == sum(row.macs is None for row in cost.rows)


def test_without_pandas_everything_else_works(cost, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert str(cost)
    with pytest.raises(ImportError):
        cost.to_dataframe()


def test_stages_of_heads_gates_and_other_models():
    names = [stage.name for stage in calculate("mobilenet_v3_small").by_stage()]
    assert names == ["224×224", "112×112", "56×56", "28×28", "14×14", "7×7", "head"]
    from cvlabs.factory import build_abstract

    stages = calculate(build_abstract("googlenet", auxiliary_heads=True)).by_stage()
    assert {stage.name for stage in stages[-3:]} == {"aux1", "aux2", "head"}
    assert [stage.name for stage in calculate(functional()).by_stage()] == ["32×24", "30×22", "head"]
    dense = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(2)])
    assert [stage.name for stage in calculate(dense).by_stage()] == ["head"]


def test_kinds(cost):
    kinds = {kind.name: kind for kind in cost.by_kind()}
    assert (kinds["Conv2D"].layers, kinds["Dense"].layers) == (20, 1)
    assert kinds["Conv2D"].macs + kinds["Dense"].macs == cost.total.macs


def test_a_figure_with_a_segment_per_layer(cost, figures):
    cost.plot()
    (figure,) = figures
    assert figure.get_suptitle() == "resnet18, convention lecture"
    totals = (cost.total.params, cost.total.macs, cost.total.activation_bytes)
    for axis, total in zip(figure.axes, totals, strict=True):
        assert sum(bar.get_width() for bar in axis.patches) == total
    assert len(figure.axes[1].patches) == sum(row.macs is not None for row in cost.rows)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == [
        stage.name for stage in cost.by_stage()
    ]


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0"), (1000, "1000 B"), (1024, "1 KiB"), (3_211_264, "3.06 MiB"), (2**31, "2 GiB")]
)
def test_bytes_are_of_1024(size, text):
    assert binary(size) == text


def test_comparison():
    found = cvlabs.compare(["alexnet_owt", "vgg16", "googlenet"])
    lines = str(found).splitlines()
    assert [line.split()[0] for line in lines[2:5]] == ["alexnet_owt", "vgg16", "googlenet"]
    assert lines[2].split()[2] == "1.00"
    ratio = 138_357_544 / 61_100_840
    assert lines[3].split()[2] == f"{ratio:.2f}"
    assert "alexnet_owt" in found._repr_html_()


def test_comparison_as_a_dataframe():
    pytest.importorskip("pandas")
    frame = cvlabs.compare(["squeezenet1_0", "squeezenet1_1"]).to_dataframe()
    assert list(frame.index) == ["squeezenet1_0", "squeezenet1_1"]
    assert frame.loc["squeezenet1_1", "params"] == 1_235_496


def test_comparison_takes_models_and_sizes():
    found = cvlabs.compare([functional(), "squeezenet1_1"], convention="flops")
    assert found.costs[0].name == "mine"
    assert {cost.convention.name for cost in found.costs} == {"flops"}
    small = cvlabs.compare(["squeezenet1_1"], (64, 64, 3))
    assert small.costs[0].total.macs < found.costs[1].total.macs
    for wrong in ([], "vgg16"):
        with pytest.raises(ValueError, match="Expected a list of networks"):
            cvlabs.compare(wrong)


def test_errors_against_multiply_adds(figures):
    cvlabs.compare(["alexnet", "squeezenet1_1", "vgg16", "mobilenet_v2"]).plot()
    (figure,) = figures
    discs = figure.axes[0].collections[0]
    names = ("alexnet", "squeezenet1_1", "vgg16")
    infos = [cvlabs.model_info(name) for name in names]
    assert discs.get_offsets().tolist() == [[info.macs, info.top5_error] for info in infos]
    areas = discs.get_sizes()
    assert areas[0] / areas[2] == pytest.approx(infos[0].params / infos[2].params)
    assert [text.get_text() for text in figure.axes[0].texts] == list(names)
    assert "mobilenet_v2" in figure.get_supxlabel()


def test_errors_of_networks_without_any(figures, capsys):
    cvlabs.compare(["mobilenet_v2"]).plot()
    assert not figures
    assert capsys.readouterr().out == "No figure yet: no error is published for mobilenet_v2.\n"


def test_a_file_costs_what_its_model_costs(tmp_path):
    inputs = keras.Input((16, 16, 3))
    inner = keras.Sequential([layers.Conv2D(4, 3), cvlabs.layers.BatchNormalization()], name="inner")
    nested = keras.Model(inputs, layers.Dense(2)(layers.Flatten()(inner(inputs))), name="nested")
    nested.compile("adam", "mse")
    for model in (functional(), nested):
        path = saved(tmp_path, model)
        assert calculate(path).total == calculate(str(path)).total == calculate(model).total


def test_a_file_is_read_without_its_weights(tmp_path):
    from cvlabs.cost.calculate import read_abstract

    model = read_abstract(saved(tmp_path, functional()))
    assert model.count_params() == functional().count_params()
    assert all(variable._value is None for variable in model.weights)


def test_files_that_cannot_be_read(tmp_path):
    text = tmp_path / "text.keras"
    text.write_text("not a zip")
    with pytest.raises(ValueError, match=r"text\.keras cannot be read as a \.keras file"):
        calculate(text)
    with pytest.raises(ValueError, match=r"gone\.keras cannot be read"):
        calculate("gone.keras")
    inputs = keras.Input((4,))
    unsafe = keras.Model(inputs, layers.Lambda(lambda x: 2 * x)(inputs), name="unsafe")
    with pytest.raises(ValueError, match=r"unsafe\.keras: .*[Ll]ambda"):
        calculate(saved(tmp_path, unsafe))


@pytest.mark.parametrize("name", ["trained", "resnet20_cifar.weights.h5"])
def test_other_files_and_folders_are_told_what_to_give(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Path(name).mkdir() if name == "trained" else Path(name).touch()
    with pytest.raises(ValueError, match=rf"^{name} is no \.keras file\. .* give {name}/model\.keras"):
        calculate(name)


def test_a_folder_does_not_hide_the_network_of_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("resnet20_cifar").mkdir()
    assert calculate("resnet20_cifar").total.params == 269_722


@pytest.mark.parametrize("wrong", [(0, 224, 3), (224.0, 224, 3), (), [(8, 8, 3), (0,)], 224, True, "224"])
def test_shapes_that_are_none(wrong):
    with pytest.raises(ValueError, match="input_shape must be positive whole numbers"):
        calculate("squeezenet1_1", wrong)


def test_shapes_may_be_of_numpy_s_numbers_but_not_more_than_there_are_inputs():
    shape = tuple(np.array([32, 32, 3]))
    assert calculate("resnet20_cifar", shape).total == calculate("resnet20_cifar").total
    with pytest.raises(ValueError, match="resnet20_cifar has one input, got 2 shapes"):
        calculate("resnet20_cifar", [(32, 32, 3), (32, 32, 3)])


def test_something_else_than_a_model():
    with pytest.raises(ValueError, match=r"Expected a Keras model, a name or a \.keras file, got int"):
        calculate(3)
    with pytest.raises(ValueError, match="no network 'vgg61'"):
        calculate("vgg61")


def test_the_command_in_json(capsys):
    assert main(["cost", "resnet18", "squeezenet1_1", "--convention", "fvcore", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["name"], row["convention"]) for row in rows] == [
        ("resnet18", "fvcore"),
        ("squeezenet1_1", "fvcore"),
    ]
    total = cvlabs.cost("resnet18", convention="fvcore").total
    assert {key: rows[0][key] for key in vars(total)} == vars(total)


def test_the_command_per_layer_at_another_size(capsys):
    arguments = ["cost", "squeezenet1_1", "--input-size", "96", "--per-layer"]
    assert main([*arguments, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert sum(layer["macs"] or 0 for layer in found["layers"]) == found["macs"]
    assert found["layers"][0]["output_shapes"] == [[96, 96, 3]]
    assert found["layers"][1]["stride"] == [2, 2]
    assert main(arguments) == 0
    assert "fire2_squeeze" in capsys.readouterr().out


def test_the_command_on_a_file(tmp_path, capsys):
    path = saved(tmp_path, functional())
    assert main(["cost", str(path), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["name"], found["macs"]) == (str(path), calculate(functional()).total.macs)
    assert main(["cost", str(path), "--input-size", "48"]) == 0
    assert "48×48" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cost"], "the following arguments are required: NAME"),
        (["cost", "vgg61"], "'vgg16'"),
        (["cost", "vgg16", "--convention", "gflops"], "convention must be one of lecture, macs"),
        (["cost", "vgg16", "--input-size", "16"], "Use images of at least 32×32"),
        (["cost", "gone.keras"], "gone.keras cannot be read"),
    ],
)
def test_mistakes_cost_one_line_and_exit_2(capsys, arguments, message):
    try:
        status = main(arguments)
    except SystemExit as stopped:
        status = stopped.code
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert message in told.err
    assert told.err.count("\n") == 1
