"""From a recipe to a compiled Keras model."""

import keras

from cvlabs.train.heads import Heads
from cvlabs.train.losses import HeadsLoss, error
from cvlabs.train.recipe import Recipe
from cvlabs.train.schedule import LearningRate


def compile_for_training(heads: Heads, recipe: Recipe, batch_size: int, steps: int) -> None:
    """Compiles the model of all scores: loss, optimizer, error.

    Args:
        heads: The classifier.
        recipe: What to do.
        batch_size: Images of a batch, over all devices.
        steps: Batches of an epoch.
    """
    summed = recipe.accumulation
    rate = LearningRate(
        recipe.learning_rate_for(batch_size * summed),
        recipe.schedule,
        steps=max(1, steps * recipe.epochs // summed),
        warmup_steps=round(steps * recipe.warmup_epochs / summed),
    )
    options = {"gradient_accumulation_steps": summed} if summed > 1 else {}
    optimizer = recipe.optimizer(
        rate, recipe.weight_decay, global_clipnorm=recipe.clip_norm, name="optimizer", **options
    )
    heads.scores.compile(
        optimizer=optimizer,
        loss=_loss(heads, recipe, recipe.label_smoothing),
        metrics=[keras.metrics.MeanMetricWrapper(error, name="error")],
        auto_scale_loss=False,
    )
    optimizer.build(heads.scores.trainable_variables)


def compile_for_validation(heads: Heads, recipe: Recipe) -> None:
    """Compiles the model of the main head: loss without smoothing, error."""
    heads.main.compile(
        loss=_loss(heads, recipe, 0.0),
        metrics=[keras.metrics.MeanMetricWrapper(error, name="error")],
    )


def _loss(heads: Heads, recipe: Recipe, label_smoothing: float) -> HeadsLoss:
    return HeadsLoss(
        recipe.loss,
        from_logits=heads.from_logits,
        label_smoothing=label_smoothing,
        auxiliary_weight=recipe.auxiliary_weight,
    )
