"""A network in a few rows: its calls gathered by the resolution that they work at."""

from collections.abc import Sequence

from cvlabs.cost.rows import Group, Row, group_rows

HEAD = "head"
GATE = "_se_"  # stands in the names of the layers that make a gate per channel


def by_stage(rows: Sequence[Row]) -> tuple[Group, ...]:
    """Returns the stages of a network, from the image to the logits, heads last.

    A stage is a resolution, such as `"56×56"`. Padding belongs to the stage of the layer that it pads for, a
    gate to the one in which it stands, and what comes behind the last map to `"head"`. In networks of cvlabs,
    names tell heads: `head_…`, `aux1_…`, `predictions`.
    """
    names = stage_names(rows)
    heads = {HEAD, *map(_named_head, rows)}
    return tuple(sorted(group_rows(rows, names), key=lambda group: group.name in heads))


def stage_names(rows: Sequence[Row]) -> list[str]:
    """Returns the name of the stage that each row belongs to."""
    maps = {i: _size(row) for i, row in enumerate(rows) if _is_map(row)}
    last = max(maps, default=-1)
    names: list[str] = []
    padding: list[int] = []
    current = HEAD
    for i, row in enumerate(rows):
        current = maps.get(i, current) if i <= last else HEAD
        names.append(_named_head(row) or current)
        if i in maps:
            for waiting in padding:
                names[waiting] = current
        padding = [*padding, i] if _is_padding(row) else []
    return names


def _size(row: Row) -> str:
    return "×".join(map(str, row.output_shapes[0][:-1]))


def _is_padding(row: Row) -> bool:
    return row.kind.startswith(("ZeroPadding", "Cropping"))


def _is_map(row: Row) -> bool:
    at_a_resolution = len(row.output_shapes[0]) > 1 and GATE not in row.name
    return at_a_resolution and not _is_padding(row) and not _named_head(row)


def _named_head(row: Row) -> str:
    prefix = row.name.rpartition("/")[2].split("_")[0]
    if prefix == "predictions":
        return HEAD
    return prefix if prefix == HEAD or prefix.startswith("aux") else ""
