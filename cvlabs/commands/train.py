"""`cvlabs train`: trains a network on named data, and ends with a figure and a table."""

import argparse
import importlib.util
from pathlib import Path
from typing import Any

from cvlabs.commands.argument import count, seed, size
from cvlabs.commands.found import found_text
from cvlabs.commands.weights import check_weights
from cvlabs.counted import counted
from cvlabs.facts import ModelInfo, model_info

SHORT_EPOCHS = 3  # on the drawn shapes: enough to see the errors fall, in minutes
RECIPE_NAMES = (  # of cvlabs.train.RECIPES, which needs Keras
    *("alexnet2012", "vgg2014", "resnet2015_cifar", "resnet2015_imagenet", "wrn2016_cifar"),
    *("strikes_back_a3", "fast_cifar", "finetune"),
)

_DESCRIPTION = """\
Trains a network and measures it. With a name alone it learns the drawn shapes
that come with the package, 10 classes of 32×32 pixels, in minutes:

  cvlabs train resnet20_cifar

Everything goes to a folder: history.csv, model.keras, classes.txt, checkpoints,
learning_curves.png and confusion.png. After Ctrl-C, or a power cut, the same
command goes on from the last checkpoint.

With own photographs, in a folder for each class, a network that has been
trained before learns faster:

  cvlabs train resnet18 --data folder:photos --weights imagenet
"""


def add(commands: argparse._SubParsersAction) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "train",
        help="train a network on a data set, or on a folder of images",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    option = parser.add_argument
    option("name", metavar="NAME", help="a network; `cvlabs list` has them")
    data = "shapes (default), digits, folder:PATH, or a name of TensorFlow Datasets, such as cifar10"
    option("--data", default="shapes", metavar="NAME", help=data)
    recipe = f"how to train: auto (default), which fits the network, or {', '.join(RECIPE_NAMES)}"
    option("--recipe", choices=("auto", *RECIPE_NAMES), default="auto", metavar="R", help=recipe)
    epochs = f"passes over the data; by default the recipe's, and {SHORT_EPOCHS} for shapes"
    option("--epochs", type=count, metavar="N", help=epochs)
    option("--batch-size", type=count, default=128, metavar="N", help="images in a step (default 128)")
    option("--image-size", type=size, metavar="N", help="height and width to resize images to, in pixels")
    skip = "damaged image files: raise (default) lists them, skip leaves them out"
    option("--on-error", choices=("raise", "skip"), default="raise", help=skip)
    option("--classes", type=count, metavar="N", help="how many classes the data should have, to be sure")
    option("--weights", metavar="W", help="start from published weights, imagenet, or from a file")
    option("--output", type=Path, metavar="DIR", help="folder for the results; default trained/NAME-DATA")
    option("--again", action="store_true", help="forget what was trained in that folder, and start anew")
    option("--seed", type=seed, default=0, metavar="N", help="of initial weights and order (default 0)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Trains, evaluates, draws."""
    info = model_info(options.name)
    check_weights(options.name, options.weights)
    from cvlabs.onednn import prefer_onednn
    from cvlabs.quiet import quiet

    prefer_onednn()
    with quiet():  # TensorFlow greets on stderr
        import keras

        from cvlabs.commands.images import holdout, size_for
        from cvlabs.data import load
        from cvlabs.train import evaluate, fit
        from cvlabs.train.recipes import RECIPES, recipe_of
    keras.utils.set_random_seed(options.seed)
    trained = RECIPES[options.recipe].image_size if options.recipe in RECIPES else None
    loading = {
        "batch_size": options.batch_size,
        "image_size": size_for(options.data, info, options.image_size, trained),
        "seed": options.seed,
        "on_error": options.on_error,
    }
    train_split, test_split = holdout(options.data)
    output = options.output or Path("trained") / _folder_name(options)
    _check_output(output, options.data)
    test = load(options.data, test_split, shuffle=False, **loading)
    model = _model(options, info, test.info)
    recipe, _ = recipe_of(options.recipe, model)
    changes = recipe.augmentations(test.info.image_shape[:2], len(test.info.classes))
    train = load(options.data, train_split, augment=changes, **loading)
    _tell_data(options, info, train.info, test.info)
    result = fit(
        model,
        train,
        test,
        recipe=options.recipe,
        epochs=_epochs(options),
        output=output,
        resume=not options.again,
    )
    evaluation = evaluate(result, test)
    _report(result, evaluation, f"{model.name} on {options.data}", output)
    return 0


def _check_output(output: Path, data: str) -> None:
    """Checks that the results do not go among the images, where they would be taken for some."""
    kind, _, path = data.partition(":")
    root = Path(path).expanduser().resolve()
    if kind != "folder" or not output.resolve().is_relative_to(root):
        return
    from cvlabs.data.folder import is_beside_images

    if is_beside_images(path, output.resolve().relative_to(root).parts):
        return
    raise ValueError(
        f"The results would lie in {output}, among the images of {data}: choose another folder with --output."
    )


def _tell_data(options: argparse.Namespace, info: ModelInfo, train: Any, test: Any) -> None:
    if options.data.startswith("folder:") or train.skipped or test.skipped:
        print(found_text([train, test]), flush=True)
    side = train.image_shape[0]
    if options.image_size is None and options.data.startswith("folder:") and side < info.input_size:
        print(
            f"Images of {side}×{side}, as the recipe trains; `cvlabs evaluate --scales {info.input_size}` "
            f"measures at the size of {info.name}.",
            flush=True,
        )


def _model(options: argparse.Namespace, info: ModelInfo, data: Any) -> Any:
    from cvlabs.factory import create_model

    found = len(data.classes)
    if options.classes not in (None, found):
        names = ", ".join(data.classes[:20])
        raise ValueError(
            f"{options.data} has {counted(found, 'class', 'classes')}, not {options.classes}: {names}."
        )
    shape = data.image_shape
    if min(shape[:2]) < info.min_input_size:
        raise ValueError(
            f"The images of {options.data} are {shape[0]}×{shape[1]}, {info.name} takes at least "
            f"{info.min_input_size}: --image-size {info.min_input_size} makes them larger."
        )
    return create_model(
        info.name, weights=options.weights, classes=found, input_shape=shape, classifier_activation=None
    )


def _epochs(options: argparse.Namespace) -> int | None:
    """Returns the number of epochs where it is not the recipe's."""
    if options.epochs is None and options.data == "shapes" and options.recipe == "auto":
        print(f"{SHORT_EPOCHS} epochs, which do for shapes; --epochs N takes another number.")
        return SHORT_EPOCHS
    epochs: int | None = options.epochs
    return epochs


def _folder_name(options: argparse.Namespace) -> str:
    kind, _, path = options.data.partition(":")
    return f"{options.name}-{Path(path).stem if path else kind}"


def _report(result: Any, evaluation: Any, title: str, output: Path) -> None:
    """Writes the figures, prints the table."""
    print()
    print(_table(result.history))
    print(f"\n{evaluation}\n")
    if importlib.util.find_spec("matplotlib"):
        import matplotlib

        matplotlib.use("agg")
        from cvlabs import plot

        plot.learning_curves(result, title=title, save=output / "learning_curves.png")
        plot.confusion(evaluation, save=output / "confusion.png")
    else:
        print('No figures: matplotlib is missing; pip install "cvlabs[labs]".')
    print(f"In {output}: {', '.join(sorted(path.name for path in output.iterdir()))}")


def _table(history: Any) -> str:
    """The first epoch, some between, and the last."""
    from cvlabs.table import Table

    step = max(1, -(-len(history) // 10))
    shown = [row for i, row in enumerate(history) if i % step == 0 or i == len(history) - 1]
    rows = tuple(
        (
            str(row["epoch"]),
            f"{row['loss']:.4f}",
            f"{row['training_error']:.2f}",
            f"{row['validation_error']:.2f}",
            f"{row['seconds']:.0f}",
        )
        for row in shown
    )
    columns = ("epoch", "loss", "training error %", "test error %", "seconds")
    return Table("Errors are top-1; seconds are those of training.", columns, rows).text()
