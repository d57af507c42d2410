"""`cvlabs train`, `evaluate` and `predict`, as they are typed, on a tiny folder of images."""

import json
import shutil
from types import SimpleNamespace

import keras
import numpy as np
import pytest

import cvlabs
from cvlabs.cli import main
from cvlabs.commands.found import found_text
from cvlabs.commands.images import size_for
from cvlabs.commands.network import network_of
from cvlabs.commands.publisher import prepared_data
from cvlabs.commands.train import RECIPE_NAMES
from cvlabs.commands.wording import in_options
from cvlabs.facts import model_info
from cvlabs.image_preprocessing import IMAGENET
from cvlabs.train import RECIPES
from cvlabs.train.published import Published

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
    assert "or pass --again to start anew" in told
    assert main(["train", "resnet20_cifar", "--data", f"folder:{photos}", "--seed", "1", *options]) == 2
    assert "seed of the data is 0 there and 1 here" in capsys.readouterr().err


def test_damaged_files_are_listed_or_left_out(photos, tmp_path, trained, capsys):
    broken = tmp_path / "photos"
    shutil.copytree(photos, broken)
    path = next((broken / "test" / "red").iterdir())
    path.write_bytes(path.read_bytes()[:100])
    (broken / "test" / "blue" / "0.png").write_bytes(b"")
    command = ["evaluate", str(trained), "--data", f"folder:{broken}"]
    assert main(command) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"cvlabs: folder:{broken} has 2 problems:"
    assert lines[1] == "  test/blue/0.png: an empty file"
    assert lines[2].startswith(f"  test/red/{path.name}: ")
    assert "--on-error skip" in lines[3]
    assert main([*command, "--on-error", "skip"]) == 0
    assert ": 10 images" in capsys.readouterr().out


@pytest.fixture(scope="module")
def unsplit(photos, tmp_path_factory):
    """The images of one split, with two files that are none."""
    root = tmp_path_factory.mktemp("unsplit") / "photos"
    shutil.copytree(photos / "train", root)
    for name in COLOURS:
        (root / name / "00.png").write_bytes(b"no image")
    return root


def test_left_out_files_are_counted_and_the_part_held_out_is_evaluated(unsplit, tmp_path, capsys):
    data = ["--data", f"folder:{unsplit}", "--on-error", "skip"]
    options = ["--epochs", "1", "--batch-size", "8", "--output", str(tmp_path / "out")]
    assert main(["train", "resnet20_cifar", *data, *options]) == 0
    told = capsys.readouterr().out
    assert f"folder:{unsplit}, train[:80%]: 38 images: blue 19, red 19\n" in told
    assert told.count(f"folder:{unsplit}, train[80%:]: 10 images: blue 5, red 5\n2 files left out: ") == 1
    assert "2 files left out: blue/00.png (" in told
    assert ", red/00.png (" in told
    held_out = told[told.index(f"resnet20_cifar on folder:{unsplit}, train[80%:]: 10 images") :]
    assert main(["evaluate", str(tmp_path / "out"), *data]) == 0
    again = capsys.readouterr().out
    assert "2 files left out: blue/00.png (" in again
    assert again[again.index("resnet20_cifar on ") :].splitlines()[:2] == held_out.splitlines()[:2]
    assert main(["evaluate", str(tmp_path / "out"), *data, "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["images"] == 10
    assert "2 files left out" in told.err


def test_only_some_of_many_classes_and_files_are_named():
    infos = [
        SimpleNamespace(
            name="folder:many",
            split=split,
            classes=tuple(f"c{i}" for i in range(23)),
            count=23_000,
            class_counts=(1000,) * 23,
            skipped=tuple((f"{i}.png", "cut off") for i in range(count)),
        )
        for split, count in (("train", 7), ("test", 3))
    ]
    lines = found_text(infos).splitlines()
    assert lines[0].startswith("folder:many, train: 23,000 images: c0 1,000, c1 1,000, ")
    assert lines[0].endswith("c19 1,000 and 3 more classes")
    files = ", ".join(f"{i}.png (cut off)" for i in range(5))
    assert lines[2:] == [f"7 files left out: {files}, and 2 more"]


@pytest.mark.parametrize("fail", [lambda: int("x"), lambda: keras.layers.Dense(-1)])
def test_a_mistake_in_the_program_keeps_its_traceback(monkeypatch, fail):
    from cvlabs.commands import doctor

    monkeypatch.setattr(doctor, "run", lambda options: fail())
    with pytest.raises(ValueError, match=r"invalid literal|positive"):
        main(["doctor"])


def test_results_may_lie_beside_the_splits(photos, tmp_path):
    root = tmp_path / "photos"
    shutil.copytree(photos, root)
    options = ["--data", f"folder:{root}", "--epochs", "1", "--batch-size", "8"]
    command = ["train", "resnet20_cifar", *options, "--output", str(root / "results")]
    assert main(command) == 0
    assert main(command) == 0  # the figures in it are no images of the data


def test_a_folder_of_some_of_the_classes(photos, trained, tmp_path, capsys):
    shutil.copytree(photos / "test" / "red", tmp_path / "red")
    command = ["evaluate", str(trained), "--data", f"folder:{tmp_path}", "--split", "train", "--json"]
    assert main(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["images"], found["classes"], found["confusion"][0]) == (6, ["blue", "red"], [0, 0])


def test_results_do_not_go_among_the_images(unsplit, tmp_path, capsys):
    before = sorted(unsplit.rglob("*"))
    command = ["train", "resnet20_cifar", "--data", f"folder:{unsplit}", "--output"]
    for output in (unsplit, unsplit / "results"):
        assert main([*command, str(output)]) == 2
        assert f"would lie in {output}, among the images of folder:" in capsys.readouterr().err
    assert sorted(unsplit.rglob("*")) == before


def test_what_tensorflow_raises_is_told_in_a_line(monkeypatch, capsys):
    import tensorflow as tf

    from cvlabs.commands import doctor

    def fail(options):
        raise tf.errors.DataLossError(None, None, "the record is damaged\n\t [[node]] of a graph")

    monkeypatch.setattr(doctor, "run", fail)
    assert main(["doctor"]) == 1
    assert capsys.readouterr().err == "cvlabs: TensorFlow: the record is damaged\n"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('leave them out with on_error="skip".', "leave them out with --on-error skip."),
        ('No path. Write load("folder:PATH", …).', "No path. Write --data folder:PATH."),
        ('take load("shapes") or load("folder:PATH"),', "take --data shapes or --data folder:PATH,"),
        ("with image_size=64, or pass views=center_crop.", "with --image-size 64, or --crops 1."),
        (
            "classes: pass classes=…, such as cvlabs.data.load(name).info.classes.",
            "classes: write them into classes.txt beside its file, a line each.",
        ),
        ("or pass resume=False to start anew", "or pass --again to start anew"),
        ('pass its path: weights="model.safetensors".', "pass its path: --weights model.safetensors."),
        ("shall have: image_size=224, or a height and a width.", "shall have: --image-size 224."),
        ("top-1 error=3", "top-1 error=3"),
    ],
)
def test_messages_speak_of_options(said, told):
    assert in_options(said) == told


def test_photographs_are_as_large_as_the_recipe_trains_at():
    def size(name, network, asked=None, recipe="strikes_back_a3"):
        return size_for(name, model_info(network), asked, RECIPES[recipe].image_size)

    assert size("folder:photos", "resnet18") == 160
    assert size("folder:photos", "resnet18", recipe="finetune") == 224
    assert size("folder:photos", "resnet18", asked=192) == 192
    assert size("folder:photos", "resnet20_cifar") == 32
    assert size("cifar10", "resnet18") is None


def test_a_file_of_weights_goes_with_the_name_of_its_network(photos, trained, tmp_path, capsys):
    network = cvlabs.create_model("squeezenet1_1")
    cvlabs.save_weights(network, tmp_path / "mine.safetensors")
    image = str(next((photos / "test").rglob("*.png")))
    options = ["--network", "squeezenet1_1", "--weights", str(tmp_path / "mine.safetensors"), "--json"]
    assert main(["predict", image, *options]) == 0
    assert len(json.loads(capsys.readouterr().out)[0]["classes"]) == 5
    assert main(["predict", image, "--network", str(trained), *options[2:]]) == 2
    assert "--weights goes with the name of a network" in capsys.readouterr().err
    assert main(["predict", image, "--network", "squeezenet1_0", *options[2:]]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "missing in it" in line or "of another shape" in line


@pytest.fixture
def publisher(trained, monkeypatch):
    """Makes `resnet18` the trained network, and its publisher's preparation the middle of each image."""
    seen = []

    def middle(image):
        seen.append(image.shape)
        return image[1:33, 4:36]

    model = keras.models.load_model(trained / "model.keras", compile=False)
    for command in ("evaluate", "predict"):
        name = f"cvlabs.commands.{command}.network_of"
        monkeypatch.setattr(name, lambda text, weights: Published(model, middle))
    return seen


@pytest.mark.parametrize(
    ("options", "is_prepared"), [([], True), (["--crops", "1"], False), (["--scales", "36"], False)]
)
def test_files_are_evaluated_as_the_publisher_prepares_them(
    photos, tmp_path, publisher, capsys, options, is_prepared
):
    shutil.copytree(photos, tmp_path / "photos")
    path = tmp_path / "photos" / "test" / "red" / "0.png"
    path.write_bytes(path.read_bytes()[:100])
    data = ["--data", f"folder:{tmp_path / 'photos'}", "--on-error", "skip", "--json"]
    assert main(["evaluate", "resnet18", *data, "--batch-size", "4", *options]) == 0
    found = json.loads(capsys.readouterr().out)
    assert bool(publisher) == is_prepared
    assert (found["images"], found["top1_error"]) == (11, 0)
    assert [sum(row) for row in found["confusion"]] == [6, 5]


def test_prepared_data_is_the_split_without_what_was_left_out(photos):
    from cvlabs.data import load

    options = {"batch_size": 5, "image_size": 32, "shuffle": False, "cache": "none"}
    info = load(f"folder:{photos}", "train[:50%]", **options).info
    found = list(prepared_data(info, lambda image: image[1:33, 4:36]))
    labels = np.concatenate([labels for _, labels in found])
    assert [len(labels) for _, labels in found] == [5, 5, 5, 5, 4]
    assert labels.tolist() == [0] * 12 + [1] * 12
    first = np.asarray(keras.utils.load_img(photos / "train" / "blue" / "0.png"))
    np.testing.assert_array_equal(found[0][0][0], first[1:33, 4:36])


def test_images_are_named_as_the_publisher_prepares_them(photos, publisher, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("cvlabs.train.prediction.names_of", lambda *args: ["blue", "red"])
    files = [str(photos / "test" / name / "1.png") for name in COLOURS]
    assert main(["predict", *files]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1].split()[0] for line in lines] == list(COLOURS)
    assert publisher


def test_a_name_goes_with_the_preparation_of_its_published_weights(tmp_path, monkeypatch):
    cvlabs.save_weights(cvlabs.create_model("mobilenet_v3_small"), tmp_path / "mine.safetensors")
    monkeypatch.setattr("cvlabs.factory.download", lambda name: tmp_path / "mine.safetensors")
    found = network_of("mobilenet_v3_small")
    image = np.random.default_rng(0).integers(0, 256, (300, 260, 3)).astype("uint8")
    pixels = np.asarray(found.prepare(image))
    expected = np.asarray(cvlabs.preprocessing("mobilenet_v3_small")(image))
    np.testing.assert_allclose((pixels / 255 - IMAGENET[0]) / IMAGENET[1], expected, atol=1e-4)
    assert isinstance(network_of("mobilenet_v3_small", str(tmp_path / "mine.safetensors")), keras.Model)


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
        (
            ["train", "resnet20_cifar", "--seed", "-1"],
            "expected a whole number from 0 to 2**32 - 1, got '-1'",
        ),
        (["train", "resnet20_cifar", "--data", "folder:nowhere"], "There is no folder or zip at nowhere"),
        (["train", "resnet20_cifar", "--data", "cifat10"], "cifat10"),
        (["train", "alexnet", "--image-size", "8"], "alexnet takes images of at least 67 pixels, got 8"),
        (
            ["train", "resnet20_cifar", "--recipe", "best"],
            "argument --recipe: invalid choice: 'best' (choose from ",
        ),
        (
            ["train", "resnet20_cifar", "--data", "folder:nowhere", "--weights", "nothing.h5"],
            "--weights must be imagenet or a file; there is no file nothing.h5",
        ),
        (
            ["train", "resnet20_cifar", "--data", "folder:nowhere", "--weights", "imagenet"],
            "No weights for resnet20_cifar are published",
        ),
        (["train", "resnet20_cifar", "--data", "folder:"], "Write --data folder:PATH"),
        (["train", "resnet20_cifar", "--output", "/dev/null/trained"], "output /dev/null/trained cannot be"),
        (["train", "resnet20_cifar", "--classes", "1000"], "shapes has 10 classes, not 1000: bar, crescent"),
        (["evaluate", "nothing"], "nothing is no folder, no file and no name of a network"),
        (["evaluate", "nothing.keras"], "There is no file nothing.keras"),
        (["evaluate", "resnet20_cifar"], "No weights for resnet20_cifar are published"),
        (["evaluate", "resnet18", "--weights", "nothing.pth"], "there is no file nothing.pth"),
        (["evaluate", "resnet18.pth"], "the name of its network, and --weights resnet18.pth, do"),
        (["predict", "nothing.jpg", "more.jpg"], "There is no file nothing.jpg, more.jpg"),
        (["predict", "/usr"], "/usr is a folder; name the images in it: /usr/*.jpg"),
        (["evaluate", "nothing", "--confusion", "nowhere/c.png"], "There is no folder "),
        (["evaluate", "nothing", "--confusion", "c.xyz"], "c.xyz does not end in the name of a format"),
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
    assert set(RECIPE_NAMES) == set(RECIPES)
