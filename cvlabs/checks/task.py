"""What a check judges: one function of the student, on cases drawn from a seed.

Nothing here or in the task tables holds an answer; the references and the known misconceptions stand in
`cvlabs.checks.answers`, which never enters a kernel that runs graded code.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Trial = dict[str, Any]
"""Plain evidence of one call: what `Task.probe` returns. JSON-ready; see `cvlabs.checks.evidence`."""


@dataclass(frozen=True)
class Grouped:
    """A grouped convolution in a network.

    Args:
        fan_in: Weights of one filter: kernel_size × kernel_size × input channels of one group.
        filters: Filters of all groups together.
        groups: How many groups.
    """

    fan_in: int
    filters: int
    groups: int


@dataclass(frozen=True)
class Case:
    """The inputs of one trial.

    Args:
        arguments: Values of the function's parameters by name, without the input tensor: plain data, also
            nested. Each call gets a copy of its own. A parameter with a default may be left out; then the
            trial also judges the default.
        input_shape: Shape of the input tensor without the batch axis, `(height, width, channels)`; `None`
            where the function takes no tensor.
        seed: Seeds the weights and the input values.
        batch: Samples in the batch whose outputs are compared; 0 builds the layers and runs nothing.
        scale: Standard deviation of the input values. LRN, for one, is invisible on small inputs.
        mean: Mean of the input values. Where features are averaged, a mean of zero would leave nothing.
        noise_batch: Copies of one sample that are run with `training=True` to measure what dropout does; 0
            leaves that out.
        noise_tolerance: How far the spread over those copies may be off, relative; several times its sampling
            error.
        compare_training: Whether the run with `training=True` also holds another sample, and its outputs are
            compared, and the averages that prediction uses: where nothing is random in training, as in
            networks with batch normalization.
        few_values: Whether the copies are run once more with all but a few features taken from the last
            layer. Dropout then leaves few different outputs, for it sets features to zero; noise makes each
            copy another one.
        fresh: Whether a second call must make its own layers.
        positional: Passes the arguments by position instead of by name.
        grouped: The grouped convolutions whose groups get equal weights, whether an answer makes one variable
            for all groups or one for each.
        tolerance: How far an output or a float may be off, relative, where the usual 1e-4 or 1e-6 does not
            fit: constants that are nobody's mistake, such as epsilon, or sums whose order is free.
        groups_differ: Judges instead that each group has weights of its own: these differ, the input channels
            are equal from group to group, and outputs are summed over the groups, so that the order of the
            groups does not matter. For an answer that is one grouped convolution.
    """

    arguments: Mapping[str, object] = field(default_factory=dict)
    input_shape: tuple[int, ...] | None = None
    seed: int = 0
    batch: int = 2
    scale: float = 1.0
    mean: float = 0.0
    noise_batch: int = 0
    noise_tolerance: float = 0.06
    compare_training: bool = False
    few_values: bool = False
    fresh: bool = False
    positional: bool = False
    grouped: tuple[Grouped, ...] = ()
    groups_differ: bool = False
    tolerance: float | None = None

    def without_run(self) -> "Case":
        """Returns the same case for an answer that is built and not run."""
        return replace(self, batch=0, noise_batch=0)


@dataclass(frozen=True)
class Task:
    """A function that a lab asks for.

    Args:
        name: The function's name, and the check's.
        lab: The lab that asks for it.
        points: What a right answer is worth.
        parameters: The parameters' names in order. A leading `x` is the input tensor.
        summary: One line for reports: what the function is.
        cases: Draws the cases of one check from a random generator.
        probe: Runs an answer on a case, in the process of the one who wrote it.
        columns: Names, for reports, of the entries of a list that the function returns, or of the entries of
            its rows where it returns a list of rows.
        pooled: Whether the cases come from the seed's first part alone, up to a full stop, which many
            students have in common: for networks, since what ours do with the cases is then computed once.
        spoken: What reports write for parameters that no student could type, such as a model of the probe's.
    """

    name: str
    lab: str
    points: int
    parameters: tuple[str, ...]
    summary: str
    cases: Callable[[random.Random], tuple[Case, ...]]
    probe: Callable[[Callable[..., object], Case], Trial]
    columns: tuple[str, ...] = ()
    pooled: bool = False
    spoken: tuple[tuple[str, str], ...] = ()

    @property
    def takes_tensor(self) -> bool:
        """Whether the first parameter is an input tensor, which cases say by its shape."""
        return self.parameters[:1] == ("x",)

    def relevant(self, seed: str) -> str:
        """Returns the part of a seed that the cases depend on."""
        return seed.partition(".")[0] if self.pooled else seed

    def draw(self, seed: str) -> tuple[Case, ...]:
        """Returns the cases of `seed`; the same seed always gives the same cases."""
        return self.cases(random.Random(f"{self.name}:{self.relevant(seed)}"))
