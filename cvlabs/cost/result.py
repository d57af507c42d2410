"""The cost of a network: one result, many views."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cvlabs.cost.conventions import Convention, convention_of
from cvlabs.cost.memory import TrainingBytes, peak_bytes, training_bytes
from cvlabs.cost.rows import Group, Row, Total, group_rows, row_of
from cvlabs.cost.stages import by_stage, stage_names
from cvlabs.cost.walk import Call, Tensor
from cvlabs.table import Table, memory, number, sizes

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Cost:
    """What a network costs, for one image, under a convention.

    Printed, it is a table of its stages; in a notebook its layers unfold below.

    Args:
        name: Name of the network, or the file that it was read from.
        convention: How it is counted.
        calls: Every call of a layer, in order.
        outputs: The network's outputs.
    """

    name: str
    convention: Convention
    calls: tuple[Call, ...]
    outputs: tuple[Tensor, ...]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The calls in numbers."""
        return tuple(row_of(call, self.convention) for call in self.calls)

    @cached_property
    def total(self) -> Total:
        """The sums; whole numbers."""
        return Total(
            params=sum(row.params for row in self.rows),
            bn_statistics=sum(row.bn_statistics for row in self.rows),
            macs=sum(row.macs or 0 for row in self.rows),
            activation_bytes=sum(row.activation_bytes or 0 for row in self.rows),
            peak_bytes=peak_bytes(self.calls, self.outputs),
            weight_bytes=sum(call.weights.bytes for call in self.calls),
        )

    def by_stage(self) -> tuple[Group, ...]:
        """Gathers the rows by resolution: `"224×224"`, …, `"head"`."""
        return by_stage(self.rows)

    def by_kind(self) -> tuple[Group, ...]:
        """Gathers the rows by the layers' class: `"Conv2D"`, `"Dense"`, …"""
        return group_rows(self.rows, [row.kind for row in self.rows])

    def under(self, convention: str | Convention) -> "Cost":
        """Returns the same network under another convention."""
        return Cost(self.name, convention_of(convention), self.calls, self.outputs)

    def training_bytes(
        self, batch_size: int, *, optimizer: str = "adam", dtype_policy: str = "float32"
    ) -> TrainingBytes:
        """Estimates the memory of training; `cvlabs.cost.memory` tells the model behind it.

        Args:
            batch_size: Images per step, per device.
            optimizer: One of `cvlabs.cost.OPTIMIZER_SLOTS`: `"sgd"`, `"momentum"`, `"adam"`, …
            dtype_policy: A Keras policy, `"float32"` or `"mixed_bfloat16"`, whatever the model was built in.

        Raises:
            ValueError: No such optimizer or policy, or a batch of less than one image.
        """
        return training_bytes(self.calls, self.outputs, batch_size, optimizer, dtype_policy)

    def to_dataframe(self) -> "pd.DataFrame":
        """Returns the rows as a pandas table; what is not counted is missing there.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas as pd

        frame = pd.DataFrame([vars(row) for row in self.rows])
        return frame.astype({"macs": "Int64", "activation_bytes": "Int64"})

    def plot(self) -> None:
        """Shows parameters, operations and memory of the stages as bars, a segment per layer."""
        from cvlabs.plot.stage_bars import stage_bars

        stages: dict[str, list[tuple[int, int, int]]] = {group.name: [] for group in self.by_stage()}
        for row, stage in zip(self.rows, stage_names(self.rows), strict=True):
            stages[stage].append((row.params, row.macs or 0, row.activation_bytes or 0))
        stage_bars(stages, self.convention.unit, f"{self.name}, convention {self.convention.name}")

    def stage_table(self) -> Table:
        """Returns the stages as a table."""
        stages, total = self.by_stage(), self.total
        return Table(
            self._title(),
            ("stage", "layers", "params", self.convention.unit, "activations", "output"),
            tuple(
                (
                    s.name,
                    number(s.layers),
                    number(s.params),
                    number(s.macs),
                    memory(s.activation_bytes),
                    sizes(s.shape),
                )
                for s in stages
            ),
            (
                "total",
                number(len(self.rows)),
                number(total.params),
                number(total.macs),
                memory(total.activation_bytes),
                "",
            ),
            (
                self.convention.about,
                f"weights {memory(total.weight_bytes)}, of which {number(total.bn_statistics)} running "
                f"statistics; at inference at most {memory(total.peak_bytes)} of tensors live at once",
            ),
        )

    def layer_table(self) -> Table:
        """Returns the calls as a table."""
        total = self.total
        return Table(
            self._title(),
            ("layer", "kind", "output", "params", self.convention.unit, "activations", "field", "stride"),
            tuple(
                (
                    row.name,
                    row.kind,
                    ", ".join(map(sizes, row.output_shapes)),
                    number(row.params),
                    number(row.macs),
                    memory(row.activation_bytes),
                    sizes(row.receptive_field) if row.receptive_field != () else "–",
                    sizes(row.stride) if row.stride != () else "–",
                )
                for row in self.rows
            ),
            (
                "total",
                "",
                "",
                number(total.params),
                number(total.macs),
                memory(total.activation_bytes),
                "",
                "",
            ),
            (
                self.convention.about,
                "– listed, not counted; as a field or stride: the whole image, or places that cannot be told",
            ),
        )

    def _title(self) -> str:
        return f"{self.name}, convention {self.convention.name}"

    def __repr__(self) -> str:
        return self.stage_table().text()

    def _repr_html_(self) -> str:
        layers = f"<details><summary>{len(self.rows)} layers</summary>{self.layer_table().html()}</details>"
        return self.stage_table().html() + layers
