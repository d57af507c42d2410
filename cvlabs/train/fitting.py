"""Training a classifier of images, by a recipe."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras

from cvlabs.facts import list_models, model_info
from cvlabs.image_preprocessing import RECIPES as PREPARATIONS
from cvlabs.image_preprocessing import Recipe as Preparation
from cvlabs.train import checkpoint
from cvlabs.train.atomic import replaced, write_text
from cvlabs.train.batches import Batches, training_batches, validation_batches
from cvlabs.train.compilation import compile_for_training, compile_for_validation
from cvlabs.train.heads import Heads, heads_of
from cvlabs.train.interrupt import asked_to_stop, stop
from cvlabs.train.normalization import takes_pixels, with_normalization
from cvlabs.train.progress import Progress, say, silent
from cvlabs.train.recipe import Recipe
from cvlabs.train.recipes import is_trained, recipe_of
from cvlabs.train.residual import zero_residual_branches
from cvlabs.train.result import Result, to_csv
from cvlabs.train.state import check_same, identity, restore
from cvlabs.train.training import Part, Training, run, save

Data = Any


def fit(
    model: keras.Model,
    train: Data,
    validation: Data | None = None,
    *,
    recipe: str | Recipe = "auto",
    epochs: int | None = None,
    batch_size: int | None = None,
    output: str | Path | None = None,
    resume: bool = True,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    verbose: bool = True,
) -> Result:
    """Trains a classifier of images.

    What was decided on the way, the recipe, the device, the batch and the learning rate, is printed.

    Args:
        model: A functional or Sequential network that ends in logits N×classes or in softmax; further
            outputs are auxiliary heads, which help in training and are dropped afterwards. If it does not
            normalize its input by itself, a normalization is put before it.
        train: A data set of `cvlabs.data`; any other `tf.data.Dataset`, or object with a length, that gives
            batches `(images, labels)`; or two arrays. Images N×H×W×C, labels class indices N or shares
            N×classes.
        validation: The same, tested after each epoch.
        recipe: A name of `cvlabs.train.RECIPES`, a `Recipe`, or `"auto"`.
        epochs: Passes over the data, where not the recipe's; its schedule is stretched to them.
        batch_size: Images of a batch where `train` is arrays; the recipe's if left out. The learning rate
            grows with it. Data in batches has its own.
        output: Folder for `history.csv`, the checkpoints and `model.keras`. Hosts that train together need
            one that all of them see.
        resume: Whether to go on where a training in `output` was interrupted; else it is lost. On a CPU the
            weights come out as if nothing had happened, if the data can be repeated: arrays and the data
            sets of `cvlabs.data` can.
        callbacks: Keras callbacks, such as `keras.callbacks.TensorBoard(folder)`.
        verbose: Whether to print.

    Returns:
        The network and its history.

    Raises:
        ValueError: An argument that does not fit, or an `output` with another training.
        KeyboardInterrupt: After Ctrl-C, once a checkpoint is written; a second Ctrl-C stops at once.

    Example:
        >>> import cvlabs, numpy as np
        >>> images = np.random.default_rng(0).integers(0, 256, (64, 32, 32, 3)).astype("uint8")
        >>> labels = np.arange(64) % 10
        >>> model = cvlabs.create_model("resnet20_cifar")
        >>> result = fit(model, (images, labels), epochs=1, batch_size=32, verbose=False)
        >>> len(result.history)
        1
    """
    tell = say if verbose else silent
    chosen, why = recipe_of(recipe, model)
    chosen = chosen if epochs is None else chosen.stretched(epochs)
    batches = training_batches(train, batch_size or chosen.batch_size, chosen.seed)
    tests = None if validation is None else validation_batches(validation, batches.batch_size)
    tell(f"Recipe {chosen.name}, {why}: {chosen.source}\n")
    fresh = not is_trained(model)
    heads = heads_of(_taking_pixels(model, batches, fresh, tell))
    _check_classes(heads, train)
    folder = None if output is None else Path(output)
    with asked_to_stop() as signal:
        training = _prepared(heads, batches, tests, chosen, folder, signal, callbacks, tell)
        is_finished = _begin(training, chosen, resume, fresh, tell)
        if not is_finished and not run(training):
            _tell_where(training, tell)
            stop(signal() or 0)
    result = Result(heads.model, tuple(training.history), chosen, "CPU", folder)
    if folder is not None:
        write_text(folder / "history.csv", to_csv(result.history))
        with replaced(folder / "model.keras") as path:
            heads.model.save(path)
    return result


def _prepared(
    heads: Heads,
    batches: Batches,
    tests: Any,
    recipe: Recipe,
    output: Path | None,
    signal: Any,
    callbacks: Sequence[keras.callbacks.Callback],
    tell: Any,
) -> Training:
    compile_for_training(heads, recipe, batches.batch_size, batches.steps)
    compile_for_validation(heads, recipe)
    user = keras.callbacks.CallbackList(
        list(callbacks), model=heads.scores, epochs=recipe.epochs, steps=batches.steps, verbose=0
    )
    batch = batches.batch_size * recipe.accumulation
    tell(
        f"Batch {batch}, learning rate {recipe.learning_rate_for(batch):g} "
        f"({recipe.learning_rate:g} at batch {recipe.batch_size}); "
        f"{recipe.epochs} epochs of {batches.steps} steps\n"
    )
    return Training(
        heads,
        batches,
        tests,
        recipe.epochs,
        output,
        identity(heads.scores, recipe, batches.batch_size, batches.steps),
        signal,
        Progress(recipe.epochs, batches.steps, batches.batch_size, tell),
        user if callbacks else None,
    )


def _begin(training: Training, recipe: Recipe, resume: bool, fresh: bool, tell: Any) -> bool:
    """Takes up an interrupted training, or starts one; returns whether it is finished already."""
    output = training.output
    found = checkpoint.latest(output) if output is not None and resume else None
    if found is not None:
        check_same(found.path, found.facts["training"], training.identity)
        restore(training.heads.scores, found.arrays)
        training.epoch, training.batch = found.facts["epoch"], found.facts["batch"]
        training.part, training.history = Part(**found.facts["part"]), found.facts["history"]
        finished = bool(found.facts["is_finished"])
        tell(f"{'Finished already' if finished else 'Going on'}: {found.path}, step {training.step}\n")
        if training.batch and not training.batches.is_repeatable:
            tell("The data cannot be repeated in its order, so the rest of this epoch has other batches.\n")
        return finished
    if recipe.zero_init_residual and fresh:
        count = zero_residual_branches(training.heads.scores)
        tell(f"{count} residual branches start at zero\n")
    if output is not None:
        checkpoint.remove(output)
        save(training)  # so that the initial weights are the same, too, whenever it is interrupted
    return False


def _taking_pixels(model: keras.Model, batches: Batches, fresh: bool, tell: Any) -> keras.Model:
    if takes_pixels(model):
        return model
    known = batches.statistics
    if not fresh and model.name in list_models() and model_info(model.name).weights:
        shares = PREPARATIONS.get(model.name, Preparation()).statistics
        known = [255 * m for m in shares[0]], [255 * s for s in shares[1]], "of the published weights"
    if known is None:
        tell("No normalization: the data says nothing of its mean, so images go in as they are\n")
        return model
    mean, std, of = known
    numbers = "/".join(f"{m:.1f}" for m in mean), "/".join(f"{s:.1f}" for s in std)
    tell(f"Normalization added, {of}: mean {numbers[0]}, deviation {numbers[1]}\n")
    return with_normalization(model, mean, std)


def _check_classes(heads: Heads, train: Data) -> None:
    names = getattr(getattr(train, "info", None), "classes", None)
    if names is not None and len(names) != heads.classes:
        raise ValueError(
            f"the network has {heads.classes} classes, the data {len(names)}; "
            f"cvlabs.create_model(…, classes={len(names)}) fits."
        )


def _tell_where(training: Training, tell: Any) -> None:
    where = f"Stopped in epoch {training.epoch + 1}, at step {training.step}."
    if training.output is not None:
        where += f" The same call with output={str(training.output)!r} goes on from there."
    tell(f"\n{where}\n")
