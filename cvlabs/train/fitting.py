"""Training a classifier of images, by a recipe."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras

from cvlabs.counted import counted
from cvlabs.made_anew import made_anew
from cvlabs.onednn import ADVICE, onednn_in_use
from cvlabs.train import checkpoint, precision
from cvlabs.train.arguments import callback_list, check_model
from cvlabs.train.average import settle
from cvlabs.train.choices import in_words, normalized
from cvlabs.train.compilation import build_on_devices, compile_for_training, compile_for_validation
from cvlabs.train.fits import classes_of
from cvlabs.train.heads import Heads, heads_of
from cvlabs.train.interrupt import asked_to_stop, stop
from cvlabs.train.normalization import pixel_layers
from cvlabs.train.out_of_memory import explained, is_out_of_memory
from cvlabs.train.output import make_writable, write_result
from cvlabs.train.part import Part
from cvlabs.train.plan import Plan, decide
from cvlabs.train.progress import Progress, say, silent
from cvlabs.train.recipe import Recipe
from cvlabs.train.residual import zero_residual_branches
from cvlabs.train.result import Result
from cvlabs.train.state import check_same, identity, restore
from cvlabs.train.training import Training, run, save
from cvlabs.variables import follow_variables
from cvlabs.whole_number import whole_number

Data = Any
Tell = Callable[[str], None]


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
            grows with it. Data in batches has its own, so it cannot be given with such.
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
    plan = decide(
        model,
        train,
        validation,
        recipe=recipe,
        epochs=epochs,
        batch_size=size,
        output=None if output is None else Path(output),
        resume=resume,
    )
    folder = plan.output if plan.devices.is_chief else None
    tell = say if verbose and plan.devices.is_chief else silent
    if folder is not None:
        make_writable(folder)
    pixels = normalized(model, plan.normalization)
    with plan.devices.scope(), ExitStack() as stack:
        twin = pixels if not plan.devices.is_several else stack.enter_context(_twin(pixels))
        heads = heads_of(twin)
        spared = [layer.name for layer in pixel_layers(twin)]
        stack.enter_context(precision.in_precision(twin, plan.policy, (*spared, *heads.last_layers)))
        signal = stack.enter_context(asked_to_stop()) if plan.devices.hosts == 1 else _never
        training = _prepared(plan, heads, user, signal=signal, tell=tell)
        if plan.found is not None:
            check_same(plan.found.path, plan.found.facts["training"], training.identity)
        line = _device_line(plan, heads)
        _tell_plan(plan, in_words(model, plan.normalization), line, tell)
        is_finished = _begin(training, plan, tell)
        if not is_finished and not _run(training, plan):
            _tell_where(training, tell)
            stop(signal() or 0)
        settle(heads.scores, training.some_batches)
    result = Result(
        model=heads_of(pixels).model,
        history=tuple(training.history),
        recipe=plan.recipe,
        device=line,
        output=plan.output,
        classes=classes_of(train),
    )
    if folder is not None:
        write_result(result, folder)
    return result


def _prepared(
    plan: Plan,
    heads: Heads,
    callbacks: Sequence[keras.callbacks.Callback],
    *,
    signal: Callable[[], int | None],
    tell: Tell,
) -> Training:
    """Compiles the network, and returns the training before its first step."""
    recipe, batches, devices, tests = plan.recipe, plan.batches, plan.devices, plan.validation
    compile_for_training(heads, recipe, batches.batch_size, batches.steps, plan.policy)
    compile_for_validation(heads, recipe)
    if devices.is_several and keras.backend.backend() == "tensorflow":
        for model in {heads.scores, heads.main}:
            build_on_devices(model, batches.example, devices.hosts > 1)
    user = keras.callbacks.CallbackList(
        list(callbacks), model=heads.scores, epochs=recipe.epochs, steps=batches.steps, verbose=0
    )
    return Training(
        heads=heads,
        batches=replace(batches, epoch=lambda n, first: devices.training_data(batches.epoch(n, first))),
        validation=None if tests is None else lambda: devices.test_data(tests()),
        epochs=recipe.epochs,
        output=plan.output,
        identity=identity(heads.scores, recipe, batches.batch_size, batches.steps, plan.facts),
        signal=signal,
        progress=Progress(recipe.epochs, batches.steps, batches.batch_size, tell),
        is_chief=devices.is_chief,
        is_alone=devices.hosts == 1,
        callbacks=user if callbacks else None,
    )


def _run(training: Training, plan: Plan) -> bool:
    try:
        return run(training)
    except Exception as error:
        if not is_out_of_memory(error):
            raise
        share = -(-training.batches.batch_size // plan.devices.count)
        optimizer = getattr(plan.recipe.optimizer, "cost_name", "adam")
        raise explained(
            error, training.heads.scores, share, optimizer, plan.policy, plan.devices.kind
        ) from error


@contextmanager
def _twin(model: keras.Model) -> Iterator[keras.Model]:
    """Gives a copy of a model whose variables are on all devices; the model gets its values at the end."""
    has_lambda = any(isinstance(layer, keras.layers.Lambda) for layer in model._flatten_layers())
    how = {"clone_function": made_anew, "recursive": True} if has_lambda else {}
    twin = keras.models.clone_model(model, **how)
    _copy(model, twin)
    try:
        yield twin
    finally:
        _copy(twin, model)


def _copy(source: keras.Model, target: keras.Model) -> None:
    for variable, value in zip(target.variables, source.variables, strict=True):
        variable.assign(keras.ops.convert_to_numpy(value))
    follow_variables(target)


def _never() -> None:
    """Tells no signal: where several hosts train together, none of them can stop between two steps alone."""


def _device_line(plan: Plan, heads: Heads) -> str:
    compiled = "compiled by XLA" if heads.scores.jit_compile else "without XLA"
    line = f"{plan.devices.name}, {plan.policy}, {compiled}"
    if keras.backend.backend() == "tensorflow" and plan.devices.kind == "CPU":
        line += {True: ", oneDNN on", False: ", oneDNN off", None: ""}[onednn_in_use()]
    return line


def _tell_plan(plan: Plan, normalization: str, line: str, tell: Tell) -> None:
    recipe, devices, size = plan.recipe, plan.devices, plan.batches.batch_size
    batch = size * recipe.accumulation
    parts = devices.parts(size) + (f" × {recipe.accumulation} accumulated" if recipe.accumulation > 1 else "")
    tell(f"Recipe {recipe.name}, {plan.reason}: {recipe.source}\n{normalization}Device: {line}\n")
    if line.endswith("oneDNN off"):
        tell(f"{ADVICE}.\n")
    tell(
        f"Batch {batch}{parts}, learning rate {recipe.learning_rate_for(batch):g} "
        f"({recipe.learning_rate:g} at batch {recipe.batch_size}); "
        f"{counted(recipe.epochs, 'epoch')} of {counted(plan.batches.steps, 'batch', 'batches')}\n"
    )


def _begin(training: Training, plan: Plan, tell: Tell) -> bool:
    """Takes up an interrupted training, or starts one; returns whether it is finished already."""
    output, found = plan.output, plan.found
    if found is not None:
        restore(training.heads.scores, found.arrays)
        training.epoch, training.batch = found.facts["epoch"], found.facts["batch"]
        training.part, training.history = Part(**found.facts["part"]), found.facts["history"]
        finished = bool(found.facts["is_finished"])
        tell(f"{'Finished already' if finished else 'Going on'}: {found.path}, step {training.step}\n")
        if training.batch and not training.batches.is_repeatable:
            tell("The data cannot be repeated in its order, so the rest of this epoch has other batches.\n")
        return finished
    if plan.recipe.zero_init_residual and plan.is_fresh:
        count = zero_residual_branches(training.heads.scores)
        tell(f"{count} residual branches start at zero\n")
    if output is not None:
        checkpoint.remove(output)
        save(training)  # so that the initial weights are the same, too, whenever it is interrupted
    return False


def _tell_where(training: Training, tell: Tell) -> None:
    where = f"Stopped in epoch {training.epoch + 1}, at step {training.step}."
    if training.output is not None:
        where += f" Run the same again to go on from there; the checkpoint is in {training.output}."
    tell(f"\n{where}\n")
