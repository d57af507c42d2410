"""The lecture's numbers: what reproduces, what only with a slip, and what does not."""

import pytest

import cvlabs
from cvlabs.cost import lecture_audit

OMISSION = "only without conv3_3"


@pytest.fixture(scope="module")
def findings():
    return {finding.claim: finding for finding in lecture_audit().findings}


# Re-derived by hand: outputs of convolutions × 4 bytes / 2²⁰, kernels, kernel × places.
ALEXNET_KERNELS = (11 * 11 * 3 * 64, 25 * 64 * 192, 9 * 192 * 384, 9 * 384 * 256, 9 * 256 * 256)
ALEXNET_PLACES = (56**2, 27**2, 13**2, 13**2, 13**2)
ALEXNET_FILTERS = (64, 192, 384, 256, 256)
DENSE = 9216 * 4096 + 4096 * 4096 + 4096 * 1000


def test_alexnet(findings):
    memory = sum(4 * p * f for p, f in zip(ALEXNET_PLACES, ALEXNET_FILTERS, strict=True)) / 2**20
    params = sum(ALEXNET_KERNELS) + DENSE
    macs = sum(k * p for k, p in zip(ALEXNET_KERNELS, ALEXNET_PLACES, strict=True)) + DENSE
    for what, value in (("memory", memory), ("parameters", params / 1e6), ("operations", macs / 1e9)):
        assert findings[f"AlexNet, {what}"].calculated == pytest.approx(value, abs=1e-12)
        assert findings[f"AlexNet, {what}"].verdict == "reproduced"
    assert params == 61_090_496


@pytest.mark.parametrize(
    ("claim", "stated", "real", "omitted"),
    [
        ("VGG-16, memory", "48.6", 51.680, 48.617),
        ("VGG-16, operations", "13.6", 15.470, 13.621),
        ("VGG-16 to 28×28, memory", "42.9", 45.938, 42.875),
        ("VGG-16 to 28×28, parameters", "1.1", 1.734336, 1.144512),
        ("VGG-16 to 28×28, operations", "7485", 9335.1, 7485.5),
    ],
)
def test_numbers_that_come_from_a_convolution_left_out(findings, claim, stated, real, omitted):
    found = findings[claim]
    assert (found.stated, found.verdict) == (stated, OMISSION)
    assert found.calculated == pytest.approx(real, abs=0.05 if real > 1000 else 1e-3)
    assert found.without_conv3_3 == pytest.approx(omitted, abs=0.05 if real > 1000 else 1e-3)


@pytest.mark.parametrize(
    ("claim", "calculated", "verdict"),
    [
        ("VGG-16, parameters", 138.344128, "reproduced"),
        ("VGG-16 : AlexNet, memory", 27.53, "ratio of rounded numbers, cut off"),
        ("VGG-16 : AlexNet, parameters", 2.2646, "reproduced"),
        ("VGG-16 : AlexNet, operations", 21.58, "ratio of rounded numbers"),
        ("GoogLeNet to 28×28, memory", 7.465, "reproduced"),
        ("GoogLeNet to 28×28, parameters", 124.096, "reproduced"),
        ("GoogLeNet to 28×28, operations", 477.7, "not reproduced"),
        ("VGG-16 : GoogLeNet to 28×28, memory", 6.154, OMISSION),
        ("VGG-16 : GoogLeNet to 28×28, parameters", 13.976, "ratio of rounded numbers"),
        ("VGG-16 : GoogLeNet to 28×28, operations", 19.543, "not reproduced"),
        ("ResNet-18, operations", 1.795, "reproduced"),
        ("ResNet-34, operations", 3.644, "reproduced"),
    ],
)
def test_the_other_numbers(findings, claim, calculated, verdict):
    assert findings[claim].calculated == pytest.approx(calculated, rel=1e-3)
    assert findings[claim].verdict == verdict


def test_errors_are_not_calculated(findings):
    errors = [finding for claim, finding in findings.items() if "error" in claim]
    assert [finding.stated for finding in errors] == ["10.92", "8.58", "9.62"]
    assert all(finding.calculated is None for finding in errors)
    assert errors[0].explanation.count(str(cvlabs.model_info("resnet18").top5_error)) == 1


def test_views(findings):
    audit = cvlabs.cost.lecture_audit()
    assert all(claim in str(audit) and claim in audit._repr_html_() for claim in findings)


def test_dataframe(findings):
    pytest.importorskip("pandas")
    frame = lecture_audit().to_dataframe()
    assert len(frame) == len(findings)
    assert set(frame["verdict"]) >= {"reproduced", OMISSION, "not reproduced"}
