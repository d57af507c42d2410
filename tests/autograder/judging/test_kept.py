"""Kept evidence: computed once for all, whatever happens to the files."""

import itertools
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.judging import worker as judge_worker
from autograder.judging.kept import keeper
from cvlabs.checks import ours
from cvlabs.checks.answers import ANSWERS
from cvlabs.checks.probe import probe
from cvlabs.checks.tasks import TASKS

KEY = ("lab03_googlenet", "stem", "seed", "stem", "0", "run")


def counted():
    numbers = itertools.count()
    return lambda: {"number": next(numbers), "text": "é", "values": [1.5, None]}


def files(root):
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_a_second_judge_finds_what_the_first_one_computed(tmp_path):
    first = keeper(tmp_path, "v")(KEY, lambda: {"number": 1, "values": [0.1]})
    second = keeper(tmp_path, "v")(KEY, lambda: pytest.fail("computed again"))
    assert first == second == {"number": 1, "values": [0.1]}
    assert tmp_path.joinpath("v").stat().st_mode & 0o777 == 0o700


def test_another_key_and_another_version_are_computed(tmp_path):
    compute = counted()
    others = [(*KEY[:i], "other", *KEY[i + 1 :]) for i in range(len(KEY))]
    got = [keeper(tmp_path, "v")(key, compute)["number"] for key in (KEY, *others)]
    got.append(keeper(tmp_path, "w")(KEY, compute)["number"])
    assert got == list(range(len(KEY) + 2))


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content.replace(b"1.5", b"2.5"),
        lambda content: b"\xff" + content,
        lambda content: content.partition(b"\n")[2],
    ],
    ids=["empty", "cut", "changed", "prefixed", "no checksum"],
)
def test_a_damaged_file_is_computed_again_and_mended(tmp_path, damage):
    compute = counted()
    keeper(tmp_path, "v")(KEY, compute)
    (path,) = files(tmp_path)
    sound = path.read_bytes()
    path.write_bytes(damage(sound))
    assert keeper(tmp_path, "v")(KEY, compute)["number"] == 1
    assert keeper(tmp_path, "v")(KEY, compute)["number"] == 1
    assert files(tmp_path) == [path]


def test_where_nothing_can_be_written_it_is_computed_each_time(tmp_path):
    (tmp_path / "v").write_text("a file where the folder should be")
    compute = counted()
    assert [keeper(tmp_path, "v")(KEY, compute)["number"] for _ in range(2)] == [0, 1]


def test_a_computation_that_fails_leaves_nothing(tmp_path):
    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        keeper(tmp_path, "v")(KEY, fail)
    assert files(tmp_path) == []


def test_many_at_once_get_sound_records_and_leave_one_file(tmp_path):
    record = {"values": list(range(20_000))}
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: keeper(tmp_path, "v")(KEY, lambda: record), range(40)))
    assert all(one == record for one in got)
    assert len(files(tmp_path)) == 1


def test_the_oldest_go_when_there_is_too_much(tmp_path):
    for number in range(8):
        keeper(tmp_path, f"v{number % 2}", 10**6)((str(number),), lambda: {"text": "x" * 1000})
        newest = max(files(tmp_path), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    assert len(files(tmp_path)) == 8
    keeper(tmp_path, "v", 8000)(("last",), lambda: {"text": "x" * 1000})
    times = sorted(path.stat().st_mtime for path in files(tmp_path))
    assert times[:-1] == [3, 4, 5, 6, 7][-len(times) + 1 :]
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 6000


def test_the_judge_keeps_the_evidence_of_ours(tmp_path, monkeypatch):
    lab, name, seed = "lab03_googlenet", "conv_params", "variant.ada"
    task = TASKS[lab][name]
    evidence = probe(task, ANSWERS[lab][name].misconceptions[0], task.draw(seed))
    request = {"lab": lab, "name": name, "seed": seed, "evidence": evidence, "pieces": 1}
    monkeypatch.setattr(judge_worker, "kept_evidence", lambda: keeper(tmp_path, "v"))
    answers = []
    for _ in range(2):
        ours._trial.cache_clear()
        answers.append(judge_worker._judge(**request, reason="", points=1))
        monkeypatch.setattr(ours, "probe", lambda *_: pytest.fail("probed again"))
    assert answers[0] == answers[1]
    assert answers[0]["misconception"]
    assert files(tmp_path)
