"""From a recipe to a compiled Keras model."""

from collections.abc import Callable
from functools import partial
from typing import Any

import keras

from cvlabs.train.heads import Heads
from cvlabs.train.losses import HeadsLoss, error
from cvlabs.train.recipe import Recipe
from cvlabs.train.schedule import LearningRate


def compile_for_training(heads: Heads, recipe: Recipe, batch_size: int, steps: int, policy: str) -> None:
    """Compiles the model of all scores: loss, optimizer, error.

    Args:
        heads: The classifier.
        recipe: What to do.
        batch_size: Images of a batch, over all devices.
        steps: Batches of an epoch.
        policy: The dtype policy; the loss is scaled for float16, so that small gradients are not lost.
    """
    summed = recipe.accumulation
    rate = LearningRate(
        recipe.learning_rate_for(batch_size * summed),
        recipe.schedule,
        steps=max(1, steps * recipe.epochs // summed),
        warmup_steps=round(steps * recipe.warmup_epochs / summed),
        accumulation=summed,
    )
    options: dict[str, Any] = {"gradient_accumulation_steps": summed} if summed > 1 else {}
    if recipe.ema_momentum is not None:  # Keras averages after each batch, whether or not it made a step
        options |= {"use_ema": True, "ema_momentum": recipe.ema_momentum ** (1 / summed)}
    optimizer = recipe.optimizer(
        rate, recipe.weight_decay, global_clipnorm=recipe.clip_norm, name="optimizer", **options
    )
    if policy == "mixed_float16":
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    heads.scores.compile(
        optimizer=optimizer,
        loss=_loss(heads, recipe, recipe.label_smoothing),
        metrics=[_mean(error, "error")],
        auto_scale_loss=False,
    )
    optimizer.build(heads.scores.trainable_variables)


def compile_for_validation(heads: Heads, recipe: Recipe) -> None:
    """Compiles the model of the main head: loss without smoothing, error.

    Both are weighted means, so that images which only fill a batch may have weight 0.
    """
    loss = _loss(heads, recipe, 0.0)
    heads.main.compile(loss=loss, weighted_metrics=[_mean(error, "error"), _mean(loss.call, "mean_loss")])


def build_on_devices(model: keras.Model, example: tuple[Any, Any], several_hosts: bool) -> None:
    """Readies a compiled model for `tf.distribute`, where Keras 3.15 fails with several hosts.

    Before the first step it averages a batch over devices, to see its shape, which the strategy of several
    hosts cannot do with a pair: so the metrics' variables are made here, from an example. And it averages
    the metrics of the hosts over their first axis, which numbers do not have: so they get one.
    """
    model._symbolic_build(data_batch=example)
    model._maybe_symbolic_build = _built
    if several_hosts:
        model.train_step = partial(_with_axis, model.train_step)
        model.test_step = partial(_with_axis, model.test_step)


def _built(**_: Any) -> None:
    """Stands in for building, which is done."""


def _with_axis(step: Callable[[Any], dict[str, Any]], data: Any) -> dict[str, Any]:
    return {name: keras.ops.reshape(value, (1,)) for name, value in step(data).items()}


def _mean(per_image: Any, name: str) -> keras.metrics.Metric:
    return keras.metrics.MeanMetricWrapper(per_image, name=name)


def _loss(heads: Heads, recipe: Recipe, label_smoothing: float) -> HeadsLoss:
    return HeadsLoss(
        recipe.loss,
        from_logits=heads.from_logits,
        label_smoothing=label_smoothing,
        auxiliary_weight=recipe.auxiliary_weight,
    )
