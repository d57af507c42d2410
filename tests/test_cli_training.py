"""`cvlabs train`, `evaluate` and `predict`, as they are typed, on a tiny folder of images."""

import json
import shutil

import keras
import numpy as np
import pytest

from cvlabs.cli import main
from cvlabs.commands.train import RECIPE_NAMES

pytest.importorskip("tensorflow")

COLOURS = {"blue": (20, 40, 200), "red": (200, 30, 20)}


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """Red and blue images of several sizes, in class folders."""
    root, rng = tmp_path_factory.mktemp("photos"), np.random.default_rng(0)
    for split, count in (("train", 24), ("test", 6)):
        for name, colour in COLOURS.items():
            folder = root / split / name
            folder.mkdir(parents=True)
            for i in range(count):
                pixels = np.clip(colour + rng.normal(0, 20, (34 + i % 3, 40, 3)), 0, 255)
                keras.utils.save_img(folder / f"{i}.png", pixels, scale=False)
    return root


@pytest.fixture(scope="module")
def trained(photos, tmp_path_factory):
    output = tmp_path_factory.mktemp("trained")
    options = ["--data", f"folder:{photos}", "--epochs", "3", "--batch-size", "8", "--output", str(output)]
    assert main(["train", "resnet20_cifar", *options, "--classes", "2"]) == 0
    return output


def test_training_leaves_everything_in_its_folder(trained):
    assert {path.name for path in trained.iterdir()} >= {
        "history.csv",
        "model.keras",
        "classes.txt",
        "learning_curves.png",
        "confusion.png",
        "checkpoints",
    }
    assert (trained / "classes.txt").read_text().splitlines() == sorted(COLOURS)
    assert len((trained / "history.csv").read_text().splitlines()) == 1 + 3
    assert keras.models.load_model(trained / "model.keras", compile=False).output.shape == (None, 2)


def test_the_same_command_again_is_finished_already(photos, trained, capsys):
    before = (trained / "history.csv").read_text()
    options = ["--data", f"folder:{photos}", "--epochs", "3", "--batch-size", "8", "--output", str(trained)]
    assert main(["train", "resnet20_cifar", *options]) == 0
    text = capsys.readouterr().out
    assert "Finished already" in text
    assert "training error %" in text
    assert "top-1 error" in text
    assert (trained / "history.csv").read_text() == before


def test_evaluating_and_predicting_agree(photos, trained, capsys):
    data = ["--data", f"folder:{photos}"]
    assert main(["evaluate", str(trained), *data, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["images"], found["classes"]) == (12, ["blue", "red"])
    files = sorted(str(path) for path in (photos / "test").rglob("*.png"))
    assert main(["predict", *files, "--network", str(trained), "--json"]) == 0
    predictions = json.loads(capsys.readouterr().out)
    wrong = sum(f"/{next(iter(p['classes']))}/" not in p["image"] for p in predictions)
    assert found["top1_error"] == pytest.approx(100 * wrong / 12)
    assert all(sum(p["classes"].values()) == pytest.approx(1, abs=1e-4) for p in predictions)


@pytest.mark.parametrize(
    ("options", "views"), [(["--crops", "10"], 10), (["--crops", "1"], 1), (["--scales", "32", "40"], 2)]
)
def test_several_views_of_each_image(photos, trained, capsys, options, views):
    command = ["evaluate", str(trained / "model.keras"), "--data", f"folder:{photos}", "--json", *options]
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["views"] == views


def test_scales_are_of_the_files_and_not_of_what_the_network_takes(photos, trained, monkeypatch):
    import cvlabs.data
    import cvlabs.train

    loaded, evaluate = [], cvlabs.train.evaluate

    def noting(network, data, **options):
        loaded.append(data.info.image_shape)
        return evaluate(network, data, **options)

    monkeypatch.setattr(cvlabs.train, "evaluate", noting)
    command = ["evaluate", str(trained), "--data", f"folder:{photos}", "--json"]
    assert main([*command, "--scales", "32", "48"]) == 0
    assert main([*command, "--scales", "40", "--crops", "10"]) == 0
    assert loaded == [(48, 48, 3), (40, 40, 3)]


def test_other_data_is_not_taken_for_the_same(photos, trained, tmp_path, capsys):
    other = tmp_path / "photos"
    shutil.copytree(photos, other)
    next((other / "train" / "red").iterdir()).unlink()
    options = ["--epochs", "3", "--batch-size", "8", "--output", str(trained)]
    assert main(["train", "resnet20_cifar", "--data", f"folder:{other}", *options]) == 2
    told = capsys.readouterr().err
    assert "another training: number of images is 48 there and 47 here" in told
    assert "(--again)" in told
    assert main(["train", "resnet20_cifar", "--data", f"folder:{photos}", "--seed", "1", *options]) == 2
    assert "seed of the data is 0 there and 1 here" in capsys.readouterr().err


def test_damaged_files_are_listed_or_left_out(photos, tmp_path, trained, capsys):
    broken = tmp_path / "photos"
    shutil.copytree(photos, broken)
    path = next((broken / "test" / "red").iterdir())
    path.write_bytes(path.read_bytes()[:100])
    command = ["evaluate", str(trained), "--data", f"folder:{broken}"]
    assert main(command) == 2
    assert path.name in capsys.readouterr().err
    assert main([*command, "--on-error", "skip"]) == 0
    assert ": 11 images" in capsys.readouterr().out


def test_what_is_found_out_is_told_though_a_figure_cannot_be_drawn(photos, trained, tmp_path, capsys):
    image = next((photos / "test").rglob("*.png"))
    inputs = keras.Input((32, 32, 3))
    x = keras.layers.Flatten()(keras.layers.Rescaling(1 / 255)(inputs))
    keras.Model(inputs, keras.layers.Dense(2)(x), name="flat").save(tmp_path / "model.keras")
    (tmp_path / "classes.txt").write_text("blue\nred\n")
    command = ["predict", str(image), "--network", str(tmp_path / "model.keras"), "--cam"]
    assert main([*command, str(tmp_path / "cam.png")]) == 2
    printed = capsys.readouterr()
    assert printed.out.startswith(f"{image}: ")
    assert printed.err.startswith("cvlabs: flat has no class activation map")
    assert printed.err.count("\n") == 1


def test_figures_for_files(photos, trained, tmp_path, capsys):
    data = ["--data", f"folder:{photos}", "--split", "train[:50%]"]
    assert main(["evaluate", str(trained), *data, "--confusion", str(tmp_path / "confusion.png")]) == 0
    assert "train[:50%]: 24 images" in capsys.readouterr().out
    image = next((photos / "test").rglob("*.png"))
    assert main(["predict", str(image), "--network", str(trained), "--cam", str(tmp_path / "cam.png")]) == 0
    assert capsys.readouterr().out.startswith(f"{image}: ")
    assert {path.name for path in tmp_path.iterdir()} == {"confusion.png", "cam.png"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["train"], "the following arguments are required: NAME"),
        (["train", "resnet21"], "There is no network 'resnet21'"),
        (["train", "resnet20_cifar", "--epochs", "0"], "expected a whole number from 1 on, got '0'"),
        (["train", "resnet20_cifar", "--data", "folder:nowhere"], "No folder or zip at nowhere"),
        (["train", "resnet20_cifar", "--data", "cifat10"], "cifat10"),
        (["train", "alexnet", "--image-size", "8"], "alexnet takes images of at least 67 pixels, got 8"),
        (
            ["train", "resnet20_cifar", "--recipe", "best"],
            "recipe must be a Recipe, 'auto', or one of alexnet2012",
        ),
        (["train", "resnet20_cifar", "--weights", "nothing.h5"], "nothing.h5"),
        (["train", "resnet20_cifar", "--classes", "1000"], "shapes has 10 classes, not 1000: bar, crescent"),
        (["evaluate", "nothing"], "nothing is no folder, no file and no name of a network"),
        (["evaluate", "nothing.keras"], "There is no file nothing.keras"),
        (["evaluate", "resnet20_cifar"], "No weights for resnet20_cifar are published"),
        (["predict", "nothing.jpg", "more.jpg"], "There is no file nothing.jpg, more.jpg"),
        (["evaluate", "nothing", "--confusion", "nowhere/c.png"], "There is no folder "),
        (["predict", "--top", "x", "a.jpg"], "expected a whole number from 1 on, got 'x'"),
    ],
)
def test_mistakes_cost_one_line_and_exit_2(capfd, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    try:
        status = main(arguments)
    except SystemExit as stopped:
        status = stopped.code
    told = capfd.readouterr()
    assert status == 2
    assert message in told.err
    assert told.err.count("\n") == 1
    assert not list(tmp_path.iterdir())  # nothing was left behind


def test_other_classes_than_those_trained_on(trained, capsys):
    assert main(["evaluate", str(trained)]) == 2
    assert "The network has 2 classes, the data 10: bar, crescent" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["train", "evaluate", "predict"])
def test_help_fits_a_terminal_and_loads_nothing(capsys, command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    text = capsys.readouterr().out
    assert stopped.value.code == 0
    assert f"cvlabs {command} " in text.split("\n\n", 1)[1]  # an example
    assert max(map(len, text.splitlines())) <= 80


def test_help_names_every_recipe():
    from cvlabs.train import RECIPES

    assert set(RECIPE_NAMES) == set(RECIPES)
