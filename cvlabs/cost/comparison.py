"""Networks side by side."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import keras

from cvlabs.cost.calculate import calculate
from cvlabs.cost.conventions import Convention
from cvlabs.cost.result import Cost
from cvlabs.cost.walk import Shape
from cvlabs.facts import ModelInfo, list_models, model_info
from cvlabs.table import Table, memory, number

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = ("params", "macs", "activation_bytes", "peak_bytes")


@dataclass(frozen=True, repr=False)
class Comparison:
    """Costs of several networks; a table when printed, with ratios to the first.

    Args:
        costs: At least one, all under one convention.
    """

    costs: tuple[Cost, ...]

    def table(self) -> Table:
        """Returns a row per network; each number with its ratio to that of the first network."""
        convention, first = self.costs[0].convention, vars(self.costs[0].total)
        columns = ["network"]
        for what in ("params", convention.unit, "activations", "peak"):
            columns += [what, "×"]
        rows = []
        for cost in self.costs:
            row = [cost.name]
            for count in _COUNTS:
                value = vars(cost.total)[count]
                row += [memory(value) if "bytes" in count else number(value), _ratio(value, first[count])]
            info = _info(cost)
            row.append("" if info is None or info.top5_error is None else f"{info.top5_error:g}")
            rows.append(tuple(row))
        return Table(
            f"convention {convention.name}",
            (*columns, "top-5 %"),
            tuple(rows),
            notes=(
                convention.about,
                f"× relative to {self.costs[0].name}; peak: most of tensors that live at once at inference",
                "errors as published, each under a protocol of its own; see cvlabs.model_info",
            ),
        )

    def to_dataframe(self) -> "pd.DataFrame":
        """Returns the totals as a pandas table, indexed by name.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas as pd

        frame = pd.DataFrame([{"name": cost.name} | asdict(cost.total) for cost in self.costs])
        return frame.set_index("name")

    def plot(self) -> None:
        """Shows the published top-5 error against multiply-adds, with areas as large as the parameters.

        All three are facts of the published networks (`cvlabs.model_info`), whatever sizes and conventions
        were compared. Networks without a published top-5 error are named below the figure.
        """
        from cvlabs.plot.error_scatter import error_scatter

        infos = [_info(cost) for cost in self.costs]
        points = {
            info.name: (info.macs, info.top5_error, info.params)
            for info in infos
            if info is not None and info.top5_error is not None
        }
        missing = [cost.name for cost in self.costs if cost.name not in points]
        error_scatter(points, missing, title="Published top-5 error on ImageNet")

    def __repr__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def compare(
    models_or_names: Sequence[keras.Model | str | Path],
    input_shape: Shape | None = None,
    *,
    convention: str | Convention = "lecture",
) -> Comparison:
    """Counts several networks under one convention.

    Args:
        models_or_names: What `cvlabs.cost` takes, at least one. The first is what the others relate to.
        input_shape: Height, width and channels of the images; each network's own if left out.
        convention: What counts: one of `cvlabs.cost.CONVENTIONS`, or one of your own.

    Raises:
        ValueError: None is given, or `cvlabs.cost` refuses one.

    Example:
        >>> found = compare(["alexnet_owt", "squeezenet1_1"])
        >>> [cost.total.params for cost in found.costs]
        [61100840, 1235496]
    """
    if isinstance(models_or_names, str | Path | keras.Model) or not models_or_names:
        raise ValueError(f"Expected a list of networks to compare, got {models_or_names!r}.")
    return Comparison(tuple(calculate(it, input_shape, convention=convention) for it in models_or_names))


def _ratio(value: int, first: int) -> str:
    if not first:
        return "–"
    ratio = value / first
    return f"{ratio:.2f}" if ratio < 100 else f"{ratio:,.0f}"


def _info(cost: Cost) -> ModelInfo | None:
    return model_info(cost.name) if cost.name in list_models() else None
