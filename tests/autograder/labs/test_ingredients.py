"""What a lab's sample notebooks are made of: a file that may name only what the lab has."""

import pytest

from autograder.errors import GraderError
from autograder.labs import sample_kinds, samples
from autograder.labs.build import known_checks
from tests.autograder.tiny_lab import CHECKS, LAB

RIGHT = """
[idioms]
conv_params = "right_a"
[mistakes]
conv_params = "wrong_a"
[needed_by]
conv_params = ["conv_macs"]
"""
DAMAGED = """
[damaged]
raises = "conv_params"
does_not_parse = "conv_params"
deleted_answer = "conv_macs"
check = "conv_macs"
"""


@pytest.fixture
def bank(tmp_path, monkeypatch):
    """Writes the tiny lab's bank."""
    monkeypatch.setattr(samples, "BANK", tmp_path)
    monkeypatch.setattr(sample_kinds, "BANK", tmp_path)

    def write(text):
        (tmp_path / LAB).mkdir(exist_ok=True)
        (tmp_path / LAB / "samples.toml").write_text(text)

    return write


def lab(release):
    ingredients = samples.read_ingredients(LAB, CHECKS[LAB])
    return samples.SampleLab(LAB, release, {}, tuple(CHECKS[LAB]), ingredients)


def test_every_lab_with_checks_has_samples_of_every_check():
    for name, checks in known_checks().items():
        assert name in samples.labs_with_samples()
        ingredients = samples.read_ingredients(name, checks)
        assert set(ingredients.idioms) == set(checks)
        assert ingredients.mistakes
        for kind, answers in (("right_", ingredients.idioms), ("wrong_", ingredients.mistakes)):
            for check, answer in answers.items():
                assert answer.startswith(kind)
                assert (samples.BANK / name / check / f"{answer}.py").is_file()


def test_a_mistake_costs_what_needs_it_too(bank, release):
    bank(RIGHT)
    assert samples.labs_with_samples() == [LAB]
    kinds = sample_kinds.all_kinds(lab(release))
    assert list(kinds) == ["all_right", "other_idioms", "half_done", "wrong_ideas", "blank"]
    assert kinds["wrong_ideas"].lost == ("conv_params", "conv_macs")
    assert kinds["half_done"].lost == ("conv_macs",)


def test_damages_and_cheats_come_with_their_data(bank, release, tmp_path):
    bank(RIGHT + DAMAGED)
    cheats = tmp_path / LAB / "cheats"
    cheats.mkdir()
    (cheats / "leaves.py").write_text("exit()")
    kinds = sample_kinds.all_kinds(lab(release))
    assert {"noisy", "split_check", "deleted_answer", "cheat_leaves", "cheat_exits_in_checks"} <= set(kinds)
    assert kinds["raises_an_error"].lost == ("conv_params", "conv_macs")
    assert kinds["cheat_leaves"].lost == ("conv_params", "conv_macs")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[idioms]\nstem = 'right_a'", "'stem' is no table of this file and no check of lab90_tiny"),
        ("[needed_by]\nconv_params = ['stem']", "'stem' is no table"),
        ("[idiom]\nconv_params = 'right_a'", "'idiom' is no table"),
        ("[damaged]\nraises = 'conv_params'", r"\[damaged\] has \['raises'\]; expected \['check', "),
        ("idioms =", "Invalid value"),
    ],
)
def test_a_mistake_in_the_file_is_told(bank, text, message):
    bank(text)
    with pytest.raises(GraderError, match=rf"samples.toml: .*{message}"):
        samples.read_ingredients(LAB, CHECKS[LAB])


def test_a_missing_file_is_told(bank):
    with pytest.raises(GraderError, match=r"samples.toml: .*No such file"):
        samples.read_ingredients(LAB, CHECKS[LAB])
