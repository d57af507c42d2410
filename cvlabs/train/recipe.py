"""What a training does, apart from the network and the data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cvlabs.train.losses import PerImage, cross_entropy
from cvlabs.train.schedule import Constant, Schedule
from cvlabs.train.weight_decay import Momentum
from cvlabs.whole_number import whole_number


def linear(ratio: float) -> float:
    """The learning rate grows as the batch: Goyal et al., "Large Minibatch SGD", 2017, section 2.1."""
    return ratio


def square_root(ratio: float) -> float:
    """The learning rate grows as the root of the batch: You et al., LAMB, ICLR 2020, section 4."""
    return ratio**0.5


@dataclass(frozen=True)
class Recipe:
    """What a training does: `dataclasses.replace(recipe, …)` changes it.

    Args:
        name: Its name.
        source: Where its numbers come from, and what is not as there.
        epochs: Passes over the training data.
        batch_size: Images per step that `learning_rate` is for, over all devices. Arrays are fed in batches
            of this size; data that comes in batches keeps its own.
        learning_rate: The highest, at `batch_size`. For other batches it is multiplied by
            `scaling(batch / batch_size)`.
        scaling: How the learning rate grows with the batch; `linear` is of Goyal et al. 2017.
        schedule: Factor of the learning rate by progress; see `cvlabs.train.schedule`.
        warmup_epochs: Epochs in which the learning rate rises from near 0 (Goyal et al. 2017, section 2.2).
        optimizer: Makes the optimizer, `optimizer(learning_rate, weight_decay, **common)`: `Momentum`,
            `LayerwiseAdaptive` or `AdamW` of `cvlabs.train.weight_decay`.
        weight_decay: Of kernels alone; biases and normalizations are spared (He et al., "Bag of Tricks",
            CVPR 2019, section 3.1).
        loss: Loss of each image: `cross_entropy`, or `binary_cross_entropy` (Wightman et al. 2021).
        label_smoothing: Part of each label that is spread over all classes (Szegedy et al., CVPR 2016,
            section 7).
        clip_norm: The longest that all gradients together may be; longer ones are shortened (Pascanu et
            al., ICML 2013).
        ema_momentum: Momentum of an average of the weights over the steps, which validation and the result
            then have (Polyak and Juditsky 1992; Szegedy et al., CVPR 2016, section 8).
        accumulation: Batches whose gradients are summed for one step, where a whole one does not fit.
        zero_init_residual: Whether the last normalization of residual branches starts at 0 (Goyal et al.
            2017, section 5.1). A network that has been trained before keeps its values.
        auxiliary_weight: Weight of the loss of auxiliary heads (Szegedy et al., CVPR 2015, section 5).
        augment: Names of the functions of `cvlabs.data` that prepare the training images. They belong to
            the data, `cvlabs.data.load(…, augment=recipe.augmentations(…))`; `fit` itself changes no image.
        augment_settings: Their arguments, by name, where the defaults are others.
        image_size: Side of the training images, where the source trains at a smaller size than it tests. It
            belongs to the data, too: `cvlabs train` makes photographs that large for a network of a larger
            size of its own, and measures it at that size; `cvlabs evaluate --scales 224` does at the other.
        precision: A Keras dtype policy, or `"auto"`: mixed on GPUs that have it, float32 otherwise
            (Micikevicius et al., "Mixed Precision Training", ICLR 2018).
        seed: Seed of the order of the data, where `fit` decides it.
    """

    name: str
    source: str
    epochs: int
    batch_size: int
    learning_rate: float
    scaling: Callable[[float], float] = linear
    schedule: Schedule = field(default_factory=Constant)
    warmup_epochs: float = 0.0
    optimizer: Callable[..., Any] = field(default_factory=Momentum)
    weight_decay: float = 0.0
    loss: PerImage = cross_entropy
    label_smoothing: float = 0.0
    clip_norm: float | None = None
    ema_momentum: float | None = None
    accumulation: int = 1
    zero_init_residual: bool = False
    auxiliary_weight: float = 0.3
    augment: tuple[str, ...] = ()
    augment_settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict, hash=False)
    image_size: int | None = None
    precision: str = "auto"
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size", "accumulation"):
            whole_number(name, getattr(self, name))
        if self.learning_rate <= 0:
            raise ValueError(f"learning_rate must be positive, got {self.learning_rate!r}.")
        for name in ("weight_decay", "warmup_epochs", "auxiliary_weight"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative, got {getattr(self, name)!r}.")
        if not 0 <= self.label_smoothing < 1:
            raise ValueError(f"label_smoothing must be at least 0 and below 1, got {self.label_smoothing!r}.")
        if self.ema_momentum is not None and not 0 < self.ema_momentum < 1:
            raise ValueError(f"ema_momentum must be between 0 and 1, got {self.ema_momentum!r}.")

    def augmentations(self, image_size: tuple[int, int], classes: int) -> list[Any]:
        """Returns the functions that `augment` names, for `cvlabs.data.load`.

        Args:
            image_size: Height and width that the network takes.
            classes: Number of classes.
        """
        from cvlabs import data

        own: dict[str, dict[str, Any]] = {
            "inception_crop": {"size": image_size},
            "mixup_or_cutmix": {"classes": classes},
        }
        return [
            getattr(data, name)(**own.get(name, {}), **self.augment_settings.get(name, {}))
            for name in self.augment
        ]

    def stretched(self, epochs: int) -> "Recipe":
        """Returns the recipe for another number of epochs: warmup and schedule take the same shares."""
        return replace(self, epochs=epochs, warmup_epochs=self.warmup_epochs * epochs / self.epochs)

    def learning_rate_for(self, batch: int) -> float:
        """Returns the highest learning rate for steps of `batch` images."""
        return self.learning_rate * self.scaling(batch / self.batch_size)
