"""Seeds: the same for the same student, unknown to whoever has no secret, in a few variants for networks."""

import collections
import errno
import os

import pytest

from autograder.errors import GraderError
from autograder.judging.seeds import VARIANTS, course_secret, seed, seeds
from cvlabs.checks.probe import probe_value
from cvlabs.checks.tasks import TASKS

SECRET = b"s" * 64
STUDENTS = [f"student{i}" for i in range(40 * VARIANTS)]


def test_the_secret_is_made_once_and_private(tmp_path):
    secret = course_secret(tmp_path / "course")
    assert course_secret(tmp_path / "course") == secret
    assert len(secret) == 64
    assert (tmp_path / "course" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_seed_depends_on_everything(tmp_path):
    secret = SECRET
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


def test_seeds_are_those_of_the_checks():
    given = seeds(SECRET, "ada", "lab03", ["stem", "head"])
    assert given == {check: seed(SECRET, "ada", "lab03", check) for check in ("stem", "head")}


def test_a_class_shares_a_few_variants_about_evenly():
    variants = collections.Counter(seed(SECRET, s, "lab03", "stem").partition(".")[0] for s in STUDENTS)
    assert len(variants) == VARIANTS
    assert max(variants.values()) < 2 * len(STUDENTS) / VARIANTS


def test_variants_of_two_checks_and_of_two_courses_are_not_the_same():
    every = [(secret, check) for secret in (SECRET, b"t" * 64) for check in ("stem", "head")]
    parts = [{seed(c, s, "lab03", check).partition(".")[0] for s in STUDENTS} for c, check in every]
    assert len(set.union(*parts)) == len(every) * VARIANTS


def test_who_shares_one_check_s_variant_does_not_share_all():
    pairs = {
        tuple(seed(SECRET, s, "lab03", check).partition(".")[0] for check in ("stem", "head"))
        for s in STUDENTS
    }
    assert len(pairs) > 4 * VARIANTS


@pytest.mark.parametrize(
    "task", [t for tasks in TASKS.values() for t in tasks.values()], ids=lambda t: t.name
)
def test_networks_have_as_many_cases_as_variants_and_plain_values_one_for_each_student(task):
    assert task.pooled == (task.probe is not probe_value)
    if not task.parameters:  # a function of nothing has one case
        return
    given = [seed(SECRET, student, task.lab, task.name) for student in STUDENTS[:40]]
    drawn = {str(task.draw(one)) for one in given}
    assert len(drawn) == (len({one.partition(".")[0] for one in given}) if task.pooled else len(given))


def test_a_kill_while_the_secret_is_written_leaves_none_or_a_whole_one(tmp_path, monkeypatch):
    def killed(*arguments):
        raise KeyboardInterrupt

    for step in ("fsync", "link"):
        with monkeypatch.context() as patch:
            patch.setattr(os, step, killed)
            with pytest.raises(KeyboardInterrupt):
                course_secret(tmp_path)
        assert not (tmp_path / "secret").exists()
    assert len(course_secret(tmp_path)) == 64


def test_of_two_that_make_the_secret_the_first_counts(tmp_path, monkeypatch):
    link = os.link

    def overtaken(draft, path):
        path.write_text("f" * 64)
        link(draft, path)

    monkeypatch.setattr(os, "link", overtaken)
    assert course_secret(tmp_path) == b"f" * 64
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_damaged_secret_is_refused(tmp_path):
    (tmp_path / "secret").write_bytes(b"abc")
    with pytest.raises(GraderError, match="is damaged: 3 bytes"):
        course_secret(tmp_path)


def test_a_file_system_without_hard_links(tmp_path, monkeypatch):
    def refuse(source, target):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("autograder.judging.seeds.os.link", refuse)
    secret = course_secret(tmp_path)
    assert len(secret) == 64
    assert course_secret(tmp_path) == secret
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
