"""Seeds: the same for the same student, unknown to whoever has no secret."""

import pytest

from autograder.errors import GraderError
from autograder.seeds import course_secret, seed


def test_the_secret_is_made_once_and_private(tmp_path):
    secret = course_secret(tmp_path / "course")
    assert course_secret(tmp_path / "course") == secret
    assert len(secret) == 64
    assert (tmp_path / "course" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_seed_depends_on_everything(tmp_path):
    secret = b"s" * 64
    first = seed(secret, "ada", "lab03", "stem")
    assert first == seed(secret, "ada", "lab03", "stem")
    others = [
        seed(b"t" * 64, "ada", "lab03", "stem"),
        seed(secret, "bob", "lab03", "stem"),
        seed(secret, "ada", "lab04", "stem"),
        seed(secret, "ada", "lab03", "head"),
        seed(secret, "adal", "ab03", "stem"),
    ]
    assert len({first, *others}) == 6


def test_a_damaged_secret_is_refused(tmp_path):
    (tmp_path / "secret").write_bytes(b"abc")
    with pytest.raises(GraderError, match="is damaged: 3 bytes"):
        course_secret(tmp_path)
