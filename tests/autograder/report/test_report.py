"""The class report: its numbers against NumPy and formulas, its page as a browser and a reader get it."""

import json
import random
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest

from autograder.cli import main
from autograder.export.class_marks import ClassMarks
from autograder.report import page as report_module
from autograder.report.class_statistics import (
    by_reason,
    check_summaries,
    discrimination,
    marks,
    runs_by,
    seconds,
)
from autograder.report.distribution import distribution
from autograder.report.page import report
from autograder.results import CheckResult, Result, Run
from tests.autograder.tiny_lab import LAB, cell_of

RUN = Run("namespaces", "warm", 6.5, 5.5, 400 * 2**20, "2026-03-04T05:06:07+00:00", "grader1", "lab1")
HOSTILE = "<script>alert('x')</script>"


def graded(*points, of=1.0, names="abcdefgh", **more):
    """A student with these points, a check each; `None` waits for a person."""
    checks = {
        name: CheckResult(own, of, "by hand" if own is None else "passed" if own == of else "failed")
        for name, own in zip(names, points, strict=False)
    }
    return Result("graded", (), checks, sum(own or 0 for own in points), **{"run": RUN} | more)


def random_class(size, checks=5, seed=0):
    draw = random.Random(seed)
    return {f"student{i:05}": graded(*(draw.choice([0, 0.5, 1]) for _ in range(checks))) for i in range(size)}


@pytest.fixture
def page_of(course, release):
    """Returns the report of a class; nobody's notebook is there unless it was written before."""
    path = course.notebook("release", LAB)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(release))
    return lambda results, **more: report(course, LAB, results, **more)


class Page(HTMLParser):
    """What a page consists of: opened tags with attributes, and its text; it insists on balanced tags."""

    VOID = ("meta", "br", "wbr")

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.text = [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
        self.text += " " * (tag in ("td", "th", "li", "br"))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.text += " " * (tag == "b")

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text += data


def text_of(page):
    return " ".join(Page(page).text.split())


# Numbers


@pytest.mark.parametrize("seed", range(5))
def test_discrimination_is_the_correlation_with_the_rest(seed):
    results = random_class(40, seed=seed)
    table = np.array([[check.points for check in r.checks.values()] for r in results.values()])
    for i, check in enumerate(check_summaries(results)):
        rest = np.delete(table, i, axis=1).sum(axis=1)
        assert check.discrimination == pytest.approx(np.corrcoef(table[:, i], rest)[0, 1])
        assert check.mean == pytest.approx(table[:, i].mean())
        assert check.passed == (table[:, i] == 1).sum()


def test_being_late_says_nothing_about_a_check():
    on_time = random_class(40)
    late = {}
    for i, (student, result) in enumerate(on_time.items()):
        penalty = (0.0, 1.5, 5.0)[i % 3]
        late[student] = replace(result, total=max(0.0, result.total - penalty), late_penalty=penalty)
    assert check_summaries(late) == check_summaries(on_time)


def test_of_all_or_nothing_it_is_the_point_biserial_correlation():
    passed, rests = [1, 1, 0, 1, 0, 0, 1], [9.0, 7, 4, 8, 6, 2, 3]
    ones = np.array([rest for p, rest in zip(passed, rests, strict=True) if p])
    zeros = np.array([rest for p, rest in zip(passed, rests, strict=True) if not p])
    p = len(ones) / len(rests)
    expected = (ones.mean() - zeros.mean()) / np.std(rests) * np.sqrt(p * (1 - p))
    assert discrimination(passed, rests) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("points", "rests"), [([], []), ([1], [2]), ([1, 1], [2, 3]), ([0, 1], [3, 3]), ([0.0, 0], [0, 0])]
)
def test_where_all_are_equal_nothing_tells_apart(points, rests):
    assert discrimination(points, rests) is None


def test_only_known_points_and_totals_enter():
    results = random_class(10)
    waiting = graded(None, 1, 1, 0, 0)
    unjudged = replace(graded(1, 1, 1, 1), status="could not grade", total=None)
    more = results | {"w": waiting, "u": unjudged}
    before, after = check_summaries(results)[0], check_summaries(more)[0]
    assert after.discrimination == before.discrimination
    assert (after.judged, after.by_hand, after.unjudged) == (11, 1, 0)
    assert check_summaries(more)[1].discrimination != check_summaries(results)[1].discrimination


@pytest.mark.parametrize("size", [1, 2, 3, 30, 1000])
def test_marks_agree_with_numpy(size):
    results = random_class(size, seed=size)
    totals = np.array([result.total for result in results.values()])
    found = marks(results, 5)
    assert found.mean == pytest.approx(totals.mean())
    assert found.quartiles == pytest.approx(tuple(np.percentile(totals, [25, 50, 75])))
    assert (found.count, found.least, found.most) == (size, totals.min(), totals.max())


@pytest.mark.parametrize("seed", range(20))
def test_no_value_is_lost_from_a_histogram(seed):
    draw = random.Random(seed)
    values = [draw.lognormvariate(2, 1) * 10 ** draw.randint(-3, 3) for _ in range(200)]
    low, high = min(values), sorted(values)[150]
    columns = distribution(values, low, high).columns
    assert 2 <= len(columns) <= 20
    for column in columns[:-1]:
        assert column.count == sum(column.low <= value < column.high for value in values)
    assert columns[-1].count == sum(columns[-1].low <= value for value in values)
    assert sum(column.count for column in columns) == len(values)
    assert columns[-1].low <= high < columns[-1].high
    assert all(left.high == right.low for left, right in pairwise(columns))


def test_all_points_are_in_the_last_column():
    columns = marks({"a": graded(1, 1, 1), "b": graded(0, 0, 0)}, 3).columns
    assert (columns[0].low, columns[0].count, columns[-1].low, columns[-1].count) == (0, 1, 3, 1)


def test_nobody_has_no_distribution():
    assert marks({"a": Result("not readable")}, 3) is None
    assert seconds({"a": Result("not readable")}) is None


def test_reasons_are_counted():
    def unjudged(reason):
        return Result("could not grade", (), {"a": CheckResult(None, 1, "unjudged", None, reason)})

    results = {"zoe": unjudged("slow"), "ana": unjudged("slow"), "ben": unjudged("full"),
               "eva": Result("could not grade", ("No space.",)), "tom": Result("could not grade"),
               "kim": Result("not readable", ("Empty.",))}  # fmt: skip
    assert by_reason(results, "could not grade") == [
        ("a: slow", ["ana", "zoe"]),
        ("No space.", ["eva"]),
        ("a: full", ["ben"]),
        ("no reason on record", ["tom"]),
    ]
    assert by_reason(results, "not readable") == [("Empty.", ["kim"])]


def test_reasons_that_differ_in_numbers_are_one():
    results = {f"s{i}": Result("not readable", (f"Cut off in line {i}.",)) for i in range(3)}
    results["z"] = Result("not readable", ("It has 51 MB.",))
    assert by_reason(results, "not readable") == [
        ("Cut off in line ….", ["s0", "s1", "s2"]),
        ("It has 51 MB.", ["z"]),
    ]


def test_misconceptions_and_runs_are_counted():
    wrong = {idea: Result("graded", (), {"a": CheckResult(0, 1, "failed", idea[:3])}, 0, RUN) for idea in
             ("one1", "two1", "two2", "two3", "one2", "abc1")}  # fmt: skip
    assert check_summaries(wrong)[0].misconceptions == (("two", 3), ("one", 2), ("abc", 1))
    assert runs_by(wrong | {"n": Result("not readable")}, lambda run: run.kernel) == {"warm": 6}


# The page


@pytest.mark.parametrize("size", [1, 2, 30])
def test_the_page_needs_nothing_beside_it(page_of, size):
    page = page_of(random_class(size))
    for tag, attributes in Page(page).tags:
        assert tag not in ("script", "link", "img", "iframe", "object", "embed", "base", "form"), tag
        assert not {name for name in attributes if name.startswith("on")} | (
            {"src", "href"} & set(attributes)
        )
    assert "url(" not in page
    assert "@import" not in page
    assert "://" not in page
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert "prefers-color-scheme: dark" in page


def test_the_same_class_gives_the_same_bytes(page_of):
    results = random_class(30) | {"h": Result("not readable", ("x",)), "i": Result("not readable", ("y",))}
    shuffled = list(results.items())
    random.Random(1).shuffle(shuffled)
    assert page_of(dict(shuffled)).encode() == page_of(results).encode()


def test_texts_of_students_stay_texts(course, page_of, release):
    hostile = f"{HOSTILE}\u202egnp.exe\x00"
    checks = {
        hostile: CheckResult(0, 1, "failed", hostile),
        "why": CheckResult(None, 1, "unjudged", None, hostile),
    }
    run = replace(RUN, isolation="none", kernel=hostile, grader=hostile)
    results = {
        HOSTILE: Result("graded", (hostile,), checks | {"why": CheckResult(None, 1, "by hand")}, 0, run),
        f"{HOSTILE}2": Result("could not grade", (hostile,), checks, None, run),
        f"{HOSTILE}3": Result("not readable", (hostile,)),
    }
    lines = [f"    x{i} = x{i - 1} * {i} + foo(x{i}, '{HOSTILE}')" for i in range(40)]
    cell_of(release, "conv_macs").source = "\n".join([*lines, f"# {hostile}"])
    for student in list(results)[:2]:
        path = course.notebook("submitted", LAB, student.replace("/", "_"))
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(release))
    results = {student.replace("/", "_"): result for student, result in results.items()}
    page = page_of(results)
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\x00" not in page
    assert "alert('x')" in Page(page).text
    assert page.count("<pre>") == 2  # the two answers that are alike


def test_half_a_character_can_be_written(course, monkeypatch, page_of):
    results = {"a": Result("not readable", ("\ud83d is half",))}
    monkeypatch.setattr(report_module, "class_marks", lambda *_: ClassMarks(LAB, {}, results))
    assert "? is half" in report_module.write_report(course, LAB).read_text(encoding="utf-8")


def test_it_warns_where_nothing_was_between_a_submission_and_the_machine(page_of):
    results = random_class(30)
    assert 'id="unprotected"' not in page_of(results)
    loose = {
        "zoe": graded(1, 1, run=replace(RUN, isolation="none")),
        "ana": graded(1, run=replace(RUN, isolation="none")),
    }
    text = text_of(page_of(results | loose))
    assert "2 submissions ran without isolation." in text
    assert "before you trust the marks: ana, zoe." in text
    assert "namespaces 30" in text
    assert "none 2" in text


def test_it_warns_where_versions_differ(page_of):
    results = random_class(3)
    assert 'id="versions"' not in page_of(results)
    page = page_of(results | {"z": graded(1, run=replace(RUN, grader="older"))})
    assert "by 2 versions of the grader, from 1 version of the lab" in text_of(page)


def test_it_names_who_is_gone_from_the_gradebook(page_of):
    assert 'id="gone"' not in page_of(random_class(3))
    text = text_of(page_of(random_class(3), gone=("ana", HOSTILE)))
    assert "2 students were graded and cannot be found in the gradebook any more" in text
    assert f"not counted here: ana, {HOSTILE}." in text


def test_it_says_what_needs_a_person(page_of):
    results = random_class(5) | {
        "ana": graded(1, None, None),
        "ben": graded(0, 0, None),
        "cleo": Result("could not grade", ("The disk was full.",)),
        "dan": Result("not readable", ("It is empty.",)),
    }
    text = text_of(page_of(results))
    assert "7 graded 1 could not grade 1 not readable" in text
    assert "1 The disk was full. cleo" in text
    assert "1 It is empty. dan" in text
    assert "b 1 1 c 2 1" in text
    assert "3 answers wait for a person" in text
    assert "Points that wait for a person are not in them yet" in text
    nothing = text_of(page_of(random_class(5)))
    assert "Needs a person Nothing." in nothing
    assert "To grade by hand" not in nothing


def test_it_tells_checks_and_misconceptions(course, release):
    lab = "lab03_googlenet"
    path = course.notebook("release", lab)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(release))
    failed = CheckResult(0, 3, "failed", "stem_with_a_5x5_kernel")
    results = {f"s{i}": Result("graded", (), {"stem": failed}, 0, RUN) for i in range(3)}
    results["t"] = Result("graded", (), {"stem": CheckResult(3, 3, "passed")}, 3, RUN)
    text = text_of(report(course, lab, results))
    assert "stem 25 % of 4 0.75 of 3 –" in text  # the only check: no rest, no discrimination
    assert "stem: 3 recognised, 3 × stem with a 5x5 kernel" in text
    assert "The kernel of your first convolution is too small for its task" in text  # from the answer key


def test_time_and_memory(page_of):
    results = {
        f"s{i:02}": graded(1, run=replace(RUN, seconds=5 + i / 10, peak_memory=2**20 * i)) for i in range(30)
    }
    results["slow"] = graded(1, run=replace(RUN, seconds=300.0, kernel="cold"))
    results["unread"] = Result("not readable", ("Empty.",))
    text = text_of(page_of(results))
    assert "The slowest: slow 300 s, s29 7.9 s, s28 7.8 s" in text
    assert "slow 400 MiB, s29 29 MiB" in text
    assert "Kernels: 30 warm, 1 cold." in text
    assert "no run on record 1" in text
    assert len(seconds(results).columns) < 20


def test_a_class_without_marks(page_of):
    text = text_of(page_of({"a": Result("not readable", ("Empty.",))}))
    assert "Nobody has a total yet." in text
    assert "No run is on record." in text


def test_pairs_stand_side_by_side(course, page_of, release):
    body = "\n".join(f"    t{i} = t{i - 1} ** {i} - other(t{i}, {i})" for i in range(1, 12))
    for student, name in {"ana": "t", "ben": "u"}.items():
        cell_of(release, "conv_macs").source = f"def conv_macs(t0):\n{body}\n    return t11".replace(
            "t", name
        )
        path = course.notebook("submitted", LAB, student)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(release))
    text = text_of(page_of({"ana": graded(1), "ben": graded(1), "cleo": graded(0)}))
    assert "ana – ben conv_macs 100 %" in text
    assert "not a verdict" in text
    assert "t1 = t0 ** 1" in text
    assert "u1 = u0 ** 1" in text


def test_ten_thousand_students_fit_on_a_page(page_of):
    results = random_class(10_000)
    results |= {f"empty{i}": Result("not readable", (f"{'x' * i}.ipynb is empty.",)) for i in range(500)}
    results |= {f"broken{i}": Result("could not grade", ("The disk was full.",)) for i in range(500)}
    page = page_of(results)
    assert len(page) < 200_000
    text = text_of(page)
    assert "10,000 graded 500 could not grade 500 not readable" in text
    assert "and 488 more" in text  # students of one reason
    assert "and 450 more reasons" in text


def test_the_command_writes_the_page(course, monkeypatch, page_of, capsys, tmp_path):
    monkeypatch.setattr("autograder.cli.Course", lambda *_: course)
    monkeypatch.setattr(report_module, "class_marks", lambda *_: ClassMarks(LAB, {}, random_class(3)))
    assert main(["report", "lab90"]) == 0
    written = course.root / "report" / f"{LAB}.html"
    assert capsys.readouterr().out == f"wrote {written}\n"
    assert written.read_text() == page_of(random_class(3))
    assert main(["report", "lab90", "--output", str(tmp_path / "new" / "page.html")]) == 0
    assert (tmp_path / "new" / "page.html").read_text() == written.read_text()
    assert main(["report", "lab90", "--output", str(tmp_path)]) == 2
    assert "cannot be written: Is a directory" in capsys.readouterr().err


def test_without_grades_there_is_nothing_to_report(course, monkeypatch, capsys):
    monkeypatch.setattr("autograder.cli.Course", lambda *_: course)
    assert main(["report", "lab90"]) == 2
    assert "nobody was graded in lab90_tiny yet" in capsys.readouterr().err


def test_without_the_lab_nobody_knows_the_answers(course, monkeypatch, capsys):
    monkeypatch.setattr("autograder.cli.Course", lambda *_: course)
    monkeypatch.setattr(report_module, "class_marks", lambda *_: ClassMarks(LAB, {}, random_class(3)))
    assert main(["report", "lab90"]) == 2
    assert f"run: python -m autograder build {LAB}" in capsys.readouterr().err
