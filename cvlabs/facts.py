"""What is known of each network: the table `facts.csv`, read without Keras.

Its parameters and multiply-adds are those of the built models, which the tests prove; its errors are the
published ones, under the protocol that stands beside them.
"""

import csv
import difflib
import fnmatch
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class ModelInfo:
    """Facts about one network.

    Args:
        name: Its name in `cvlabs.list_models()`.
        paper: Authors and title.
        year: Year of the paper's first publication.
        input_size: Height and width of the images that it was made for, in pixels.
        min_input_size: The smallest height and width that it can be built for.
        params: Trainable parameters, with 1000 classes (10 for the CIFAR networks), without auxiliary heads.
        bn_statistics: Running means and variances of BatchNormalization; they are not trained.
        macs: Multiply-adds of convolutions and dense layers for one image, biases not counted.
        top1_error: Published top-1 error in percent on ImageNet (CIFAR-10 for the CIFAR networks).
        top5_error: Published top-5 error in percent.
        error_protocol: How those errors were measured.
        weights: Repository on the Hugging Face hub that `weights="imagenet"` takes; `None` if there is none.
    """

    name: str
    paper: str
    year: int
    input_size: int
    min_input_size: int
    params: int
    bn_statistics: int
    macs: int
    top1_error: float | None
    top5_error: float | None
    error_protocol: str | None
    weights: str | None


def model_info(name: str) -> ModelInfo:
    """Returns what is known of a network.

    Raises:
        ValueError: There is no network of that name.

    Example:
        >>> model_info("googlenet").params
        6998552
    """
    table = _table()
    if not isinstance(name, str) or name not in table:
        raise unknown_network(name, table)
    return table[name]


def list_models(pattern: str = "*") -> list[str]:
    """Returns the names of the networks, those that fit a shell pattern such as `"google*"`.

    Raises:
        ValueError: The pattern is no string.

    >>> list_models("*_bn")[-1]
    'googlenet_bn'
    """
    if not isinstance(pattern, str):
        raise ValueError(f'pattern must be a string such as "resnet*", got {pattern!r}.')
    return [name for name in _table() if fnmatch.fnmatchcase(name, pattern.casefold())]


def unknown_network(name: object, known: Iterable[str]) -> ValueError:
    """Returns the error for a name that no network has; it tells the near names."""
    names = list(known)
    near = _near(str(name), names)
    hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else f"There are: {', '.join(names)}."
    return ValueError(f"There is no network {name!r}. {hint}")


def _near(name: str, names: list[str]) -> list[str]:
    """Returns the same name but for case, signs and order; else those that continue it; else similar ones."""
    text, parts = "".join(_parts(name)), sorted(_parts(name))
    joined = {"".join(_parts(known)): known for known in names}
    same = [known for one, known in joined.items() if one == text or sorted(_parts(known)) == parts]
    longer = [known for one, known in joined.items() if len(text) > 2 and one.startswith(text)]
    similar = [joined[one] for one in difflib.get_close_matches(text, joined, n=3, cutoff=0.5)]
    return same or longer[:3] or similar


def _parts(name: str) -> list[str]:
    """Returns words, numbers and versions: `["resnet", "50", "v2"]` of `"ResNet50-V2"`."""
    return re.findall(r"v\d+|[a-z]+?(?=v\d|[^a-z]|$)|\d+", name.casefold())


@cache
def _table() -> dict[str, ModelInfo]:
    text = resources.files("cvlabs").joinpath("facts.csv").read_text(encoding="utf-8")
    return {row["name"]: _info(row) for row in csv.DictReader(text.splitlines())}


def _info(row: Mapping[str, str]) -> ModelInfo:
    return ModelInfo(
        name=row["name"],
        paper=row["paper"],
        year=int(row["year"]),
        input_size=int(row["input_size"]),
        min_input_size=int(row["min_input_size"]),
        params=int(row["params"]),
        bn_statistics=int(row["bn_statistics"]),
        macs=int(row["macs"]),
        top1_error=float(row["top1_error"]) if row["top1_error"] else None,
        top5_error=float(row["top5_error"]) if row["top5_error"] else None,
        error_protocol=row["error_protocol"] or None,
        weights=row["weights"] or None,
    )
