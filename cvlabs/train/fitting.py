"""Training a classifier of images, by a recipe."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import keras

from cvlabs.onednn import ADVICE, onednn_in_use
from cvlabs.train import checkpoint, precision
from cvlabs.train.arguments import callback_list, check_model, check_supported
from cvlabs.train.average import settle
from cvlabs.train.batches import Batches, training_batches, validation_batches
from cvlabs.train.choices import choose_normalization, choose_recipe, normalized
from cvlabs.train.compilation import build_on_devices, compile_for_training, compile_for_validation
from cvlabs.train.devices import Devices, choose
from cvlabs.train.fits import check_batch, check_classes, classes_of
from cvlabs.train.heads import Heads, heads_of
from cvlabs.train.interrupt import asked_to_stop, stop
from cvlabs.train.normalization import NORMALIZE
from cvlabs.train.out_of_memory import explained, is_out_of_memory
from cvlabs.train.output import make_writable, write_result
from cvlabs.train.part import Part
from cvlabs.train.progress import Progress, say, silent
from cvlabs.train.recipe import Recipe
from cvlabs.train.recipes import is_trained
from cvlabs.train.residual import zero_residual_branches
from cvlabs.train.result import Result
from cvlabs.train.state import check_same, identity, restore
from cvlabs.train.training import Training, run, save
from cvlabs.whole_number import whole_number

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
        output: Folder for `history.csv`, the checkpoints, `model.keras`, and `classes.txt` where the data
            knows its classes. Hosts that train together need one that all of them see.
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
    check_model(model)
    size = None if batch_size is None else whole_number("batch_size", batch_size)
    epochs = None if epochs is None else whole_number("epochs", epochs)
    user = callback_list(callbacks)
    devices = choose()
    tell = say if verbose and devices.is_chief else silent
    folder = None if output is None else Path(output)
    found = checkpoint.latest(folder) if folder is not None and resume else None
    before = found.facts["training"] if found is not None else None
    chosen, why = choose_recipe(recipe, model, before)
    chosen = chosen if epochs is None else chosen.stretched(epochs)
    check_supported(chosen, devices)
    batches, tests = _fitting_data(model, train, validation, size or chosen.batch_size, chosen.seed)
    if folder is not None and devices.is_chief:
        make_writable(folder)
    tell(f"Recipe {chosen.name}, {why}: {chosen.source}\n")
    fresh = not is_trained(model)
    normalization = choose_normalization(model, batches, fresh, before)
    pixels = normalized(model, normalization, tell)
    policy = precision.choose(chosen.precision, devices.kind)
    facts = {**batches.facts, "normalization": normalization and list(normalization)}
    with devices.scope(), ExitStack() as stack:
        twin = pixels if not devices.is_several else stack.enter_context(_twin(pixels))
        heads = heads_of(twin)
        stack.enter_context(precision.in_precision(twin, policy, (NORMALIZE, *heads.last_layers)))
        signal = stack.enter_context(asked_to_stop()) if devices.hosts == 1 else _never
        training = _prepared(
            heads, batches, tests, chosen, policy, devices, folder, facts, signal, user, tell
        )
        line = _device_line(devices, policy, heads)
        _tell_plan(chosen, batches, devices, line, tell)
        is_finished = _begin(training, chosen, found, fresh, tell)
        if not is_finished and not _run(training, chosen, devices, policy):
            _tell_where(training, tell)
            stop(signal() or 0)
        settle(heads.scores, training.some_batches)
    result = Result(heads_of(pixels).model, tuple(training.history), chosen, line, folder, classes_of(train))
    if folder is not None and devices.is_chief:
        write_result(result, folder)
    return result


def _fitting_data(
    model: keras.Model, train: Data, validation: Data | None, size: int, seed: int
) -> tuple[Batches, Callable[[], Any] | None]:
    """Returns what to train and to test with, once it is known to fit the network."""
    classes = heads_of(model).classes
    check_classes(classes, train, validation)
    check = partial(check_batch, model, classes)
    batches = training_batches(train, size, seed, partial(check, "train"))
    if validation is None:
        return batches, None
    return batches, validation_batches(validation, batches.batch_size, partial(check, "validation"))


def _prepared(
    heads: Heads,
    batches: Batches,
    tests: Any,
    recipe: Recipe,
    policy: str,
    devices: Devices,
    output: Path | None,
    facts: Mapping[str, Any],
    signal: Any,
    callbacks: Sequence[keras.callbacks.Callback],
    tell: Any,
) -> Training:
    compile_for_training(heads, recipe, batches.batch_size, batches.steps, policy)
    compile_for_validation(heads, recipe)
    if devices.is_several and keras.backend.backend() == "tensorflow":
        for model in {heads.scores, heads.main}:
            build_on_devices(model, batches.example, devices.hosts > 1)
    user = keras.callbacks.CallbackList(
        list(callbacks), model=heads.scores, epochs=recipe.epochs, steps=batches.steps, verbose=0
    )
    return Training(
        heads,
        replace(batches, epoch=lambda n, first: devices.training_data(batches.epoch(n, first))),
        None if tests is None else lambda: devices.test_data(tests()),
        recipe.epochs,
        output,
        identity(heads.scores, recipe, batches.batch_size, batches.steps, facts),
        signal,
        Progress(recipe.epochs, batches.steps, batches.batch_size, tell),
        devices.is_chief,
        devices.hosts == 1,
        user if callbacks else None,
    )


def _run(training: Training, recipe: Recipe, devices: Devices, policy: str) -> bool:
    try:
        return run(training)
    except Exception as error:
        if not is_out_of_memory(error):
            raise
        share = -(-training.batches.batch_size // devices.count)
        optimizer = getattr(recipe.optimizer, "cost_name", "adam")
        raise explained(error, training.heads.scores, share, optimizer, policy, devices.kind) from error


@contextmanager
def _twin(model: keras.Model) -> Iterator[keras.Model]:
    """Gives a copy of a model whose variables are on all devices; the model gets its values at the end."""
    twin = keras.models.clone_model(model)
    _copy(model, twin)
    try:
        yield twin
    finally:
        _copy(twin, model)


def _copy(source: keras.Model, target: keras.Model) -> None:
    for variable, value in zip(target.variables, source.variables, strict=True):
        variable.assign(keras.ops.convert_to_numpy(value))


def _never() -> None:
    """Tells no signal: where several hosts train together, none of them can stop between two steps alone."""


def _device_line(devices: Devices, policy: str, heads: Heads) -> str:
    compiled = "compiled by XLA" if heads.scores.jit_compile else "without XLA"
    line = f"{devices.name}, {policy}, {compiled}"
    if keras.backend.backend() == "tensorflow" and devices.kind == "CPU":
        line += {True: ", oneDNN on", False: ", oneDNN off", None: ""}[onednn_in_use()]
    return line


def _tell_plan(recipe: Recipe, batches: Batches, devices: Devices, line: str, tell: Any) -> None:
    size = batches.batch_size
    batch = size * recipe.accumulation
    parts = f" = {devices.count} devices × {size // devices.count}" if devices.is_several else ""
    parts += f" × {recipe.accumulation} accumulated" if recipe.accumulation > 1 else ""
    tell(f"Device: {line}\n")
    if line.endswith("oneDNN off"):
        tell(f"{ADVICE}.\n")
    tell(
        f"Batch {batch}{parts}, learning rate {recipe.learning_rate_for(batch):g} "
        f"({recipe.learning_rate:g} at batch {recipe.batch_size}); "
        f"{recipe.epochs} epochs of {batches.steps} batches\n"
    )


def _begin(
    training: Training, recipe: Recipe, found: checkpoint.Checkpoint | None, fresh: bool, tell: Any
) -> bool:
    """Takes up an interrupted training, or starts one; returns whether it is finished already."""
    output = training.output
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


def _tell_where(training: Training, tell: Any) -> None:
    where = f"Stopped in epoch {training.epoch + 1}, at step {training.step}."
    if training.output is not None:
        where += f" The same call with output={str(training.output)!r} goes on from there."
    tell(f"\n{where}\n")
