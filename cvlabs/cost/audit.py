"""The lecture's numbers, calculated again.

The lecture compares networks by memory, parameters and "flops". It says MB and means MiB of 1024² bytes; one
of its operations is one multiply-add; parameters come without biases, numbers are float32, for one image.
Memory counts outputs of convolutions, in GoogLeNet's stem those of poolings too. Its AlexNet is that of 64,
192, 384, 256 and 256 filters on images of 227×227, whose first map is 56×56: `alexnet_owt`, built for that
size, to the last number.

Under this convention most numbers come out to the last digit. Those of VGG-16 do only without `conv3_3`: the
source of the lecture's table leaves one of its thirteen convolutions out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvlabs.cost.calculate import calculate
from cvlabs.cost.walk import Call
from cvlabs.table import Table

if TYPE_CHECKING:
    import pandas as pd

OMITTED = "conv3_3"

REPRODUCED = "reproduced"
OMISSION = f"only without {OMITTED}"
OF_ROUNDED = "ratio of rounded numbers"
CUT_OFF = "ratio of rounded numbers, cut off"
NOT_REPRODUCED = "not reproduced"
MEASURED = "measured, not calculated"


@dataclass(frozen=True)
class Finding:
    """One number of the lecture.

    Args:
        claim: What it is about.
        stated: The number as the lecture has it.
        unit: Its unit; `"×"` for ratios.
        calculated: What comes out; `None` where it is a measurement.
        without_conv3_3: What comes out for VGG-16 with one convolution left out; `None` elsewhere.
        verdict: How the two compare.
        explanation: How it is calculated, or where it comes from.
    """

    claim: str
    stated: str
    unit: str
    calculated: float | None
    without_conv3_3: float | None
    verdict: str
    explanation: str


@dataclass(frozen=True, repr=False)
class Audit:
    """All findings; a table when printed."""

    findings: tuple[Finding, ...]

    def table(self) -> Table:
        """Returns the findings as a table."""
        return Table(
            "The lecture's numbers, calculated under its own convention",
            ("claim", "stated", "calculated", f"without {OMITTED}", "verdict", "explanation"),
            tuple(
                (
                    f.claim,
                    _written(f.stated, f.unit),
                    _number(f.calculated),
                    _number(f.without_conv3_3),
                    f.verdict,
                    f.explanation,
                )
                for f in self.findings
            ),
            notes=(
                "float32, one image; MB of 1024² bytes, of outputs of convolutions; an operation is a "
                "multiply-add; no biases",
            ),
        )

    def to_dataframe(self) -> "pd.DataFrame":
        """Returns the findings as a pandas table.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas as pd

        return pd.DataFrame([vars(finding) for finding in self.findings])

    def __repr__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def lecture_audit() -> Audit:
    """Calculates every number that the lecture states about a network's cost, and compares."""
    from cvlabs.factory import build_abstract
    from cvlabs.models.resnet import padded

    alexnet = calculate("alexnet_owt", (227, 227, 3)).calls
    vgg, googlenet = calculate("vgg16").calls, calculate("googlenet").calls
    resnets = {
        (name, option): calculate(build_abstract(name, **arguments)).calls
        for name in ("resnet18", "resnet34")
        for option, arguments in (("A", {"shortcut": padded}), ("B", {}))
    }
    return Audit(
        (
            *_alexnet_and_vgg(alexnet, vgg),
            *_down_to_28(googlenet, vgg),
            *_resnets(resnets),
            *_errors(),
        )
    )


def _alexnet_and_vgg(alexnet: Sequence[Call], vgg: Sequence[Call]) -> Iterator[Finding]:
    rest = [call for call in vgg if call.name != OMITTED]
    small, large, less = ([f(calls) for f in _FACTS] for calls in (alexnet, vgg, rest))
    yield _finding("AlexNet, memory", "1.9", "MB", small[0], "outputs of its five convolutions")
    yield _finding("AlexNet, parameters", "61", "M", small[1], "three dense layers have 58.6 M of them")
    yield _finding("AlexNet, operations", "0.7", "G", small[2], "multiply-adds")
    yield _finding("VGG-16, memory", "48.6", "MB", large[0], "thirteen convolutions, not twelve", less[0])
    yield _finding("VGG-16, parameters", "138", "M", large[1], "with and without it round to 138", less[1])
    yield _finding("VGG-16, operations", "13.6", "G", large[2], "the ResNet paper says 15.3", less[2])
    ratios = zip(small, large, less, strict=True)
    of_stated = (48.6 / 1.9, 138 / 61, 13.6 / 0.7)
    claims = (("memory", "25"), ("parameters", "2.3"), ("operations", "19.4"))
    for (a, b, c), rounded, (what, stated) in zip(ratios, of_stated, claims, strict=True):
        yield _ratio(f"VGG-16 : AlexNet, {what}", stated, b / a, c / a, rounded)


def _down_to_28(googlenet: Sequence[Call], vgg: Sequence[Call]) -> Iterator[Finding]:
    """The way from 224×224 to 28×28: GoogLeNet's stem, and three stages of VGG-16."""
    stem = [call for call in googlenet if call.name.startswith("stem_")]
    three = [call for call in vgg if call.name.startswith(("conv1_", "conv2_", "conv3_"))]
    rest = [call for call in three if call.name != OMITTED]
    memory, params, macs = _mebibytes(stem, ("Conv2D", "MaxPooling2D")), _millions(stem), _giga(stem)
    deep, less = ([f(calls) for f in _FACTS] for calls in (three, rest))
    yield _finding("GoogLeNet to 28×28, memory", "7.5", "MB", memory, "outputs of poolings too")
    yield _finding("GoogLeNet to 28×28, parameters", "124", "K", 1e3 * params, "three convolutions")
    pooled = 1e3 * macs + sum(call.work.elementwise for call in stem if call.kind == "MaxPooling2D") / 1e6
    swapped = f"{pooled:.0f} if poolings count: digits swapped?"
    yield _finding("GoogLeNet to 28×28, operations", "418", "M", 1e3 * macs, swapped)
    yield _finding("VGG-16 to 28×28, memory", "42.9", "MB", deep[0], "no poolings here", less[0])
    yield _finding("VGG-16 to 28×28, parameters", "1.1", "M", deep[1], "seven convolutions, not six", less[1])
    yield _finding(
        "VGG-16 to 28×28, operations", "7485", "M", 1e3 * deep[2], "cut off, not rounded", 1e3 * less[2]
    )
    of_stated = (42.9 / 7.5, 1.1 / 0.124, 7485 / 418)
    claims = (("memory", "5.7"), ("parameters", "8.9"), ("operations", "17.8"))
    for a, b, c, rounded, (what, stated) in zip(
        (memory, params, macs), deep, less, of_stated, claims, strict=True
    ):
        yield _ratio(f"VGG-16 : GoogLeNet to 28×28, {what}", stated, b / a, c / a, rounded)


def _resnets(resnets: Mapping[tuple[str, str], Sequence[Call]]) -> Iterator[Finding]:
    for name, stated in (("resnet18", "1.8"), ("resnet34", "3.6")):
        a, b = (_giga(resnets[name, option]) for option in "AB")
        yield _finding(
            f"ResNet-{name[-2:]}, operations",
            stated,
            "G",
            a,
            f"with shortcuts of option A, the paper's; with B {b:.3f}",
        )


def _errors() -> Iterator[Finding]:
    """The errors are those of torchvision's weights on one centre crop, from torchvision's documentation."""
    for name, stated, exact in (
        ("ResNet-18", "10.92", "10.922"),
        ("ResNet-34", "8.58", "8.580"),
        ("VGG-16", "9.62", "9.618"),
    ):
        source = f"torchvision's weights, one centre crop: {exact}; papers state other protocols"
        yield Finding(f"{name}, top-5 error", stated, "%", None, None, MEASURED, source)


def _finding(
    claim: str, stated: str, unit: str, calculated: float, explanation: str, omitted: float | None = None
) -> Finding:
    if _rounds_to(stated, calculated):
        verdict = REPRODUCED
    elif omitted is not None and (_rounds_to(stated, omitted) or _cuts_to(stated, omitted)):
        verdict = OMISSION
    else:
        verdict = NOT_REPRODUCED
    return Finding(claim, stated, unit, calculated, omitted, verdict, explanation)


def _ratio(claim: str, stated: str, calculated: float, omitted: float, of_rounded: float) -> Finding:
    """Judges a ratio, which may also be that of the rounded numbers that the lecture states."""
    explanation = f"the stated numbers divide to {of_rounded:.2f}"
    found = _finding(claim, stated, "×", calculated, explanation)
    if found.verdict == REPRODUCED:
        verdict = REPRODUCED
    elif _rounds_to(stated, omitted):
        verdict = OMISSION
    elif _rounds_to(stated, of_rounded):
        verdict = OF_ROUNDED
    elif _cuts_to(stated, of_rounded):
        verdict = CUT_OFF
    else:
        verdict = NOT_REPRODUCED
    return Finding(claim, stated, "×", calculated, omitted, verdict, explanation)


def _rounds_to(stated: str, value: float) -> bool:
    return f"{value:.{_decimals(stated)}f}" == stated


def _cuts_to(stated: str, value: float) -> bool:
    scale: int = 10 ** _decimals(stated)
    return int(value * scale) == round(float(stated) * scale)


def _decimals(stated: str) -> int:
    return len(stated.partition(".")[2])


def _mebibytes(calls: Sequence[Call], kinds: Sequence[str] = ("Conv2D",)) -> float:
    return sum(x.bytes for call in calls if call.kind in kinds for x in call.outputs) / 2**20


def _millions(calls: Sequence[Call]) -> float:
    return sum(call.weights.params - call.weights.biases for call in calls) / 1e6


def _giga(calls: Sequence[Call]) -> float:
    return sum(call.work.macs for call in calls) / 1e9


_FACTS: tuple[Callable[[Sequence[Call]], float], ...] = (_mebibytes, _millions, _giga)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.3f}"


def _written(stated: str, unit: str) -> str:
    return f"{stated}{unit}" if unit == "×" else f"{stated} {unit}"
