"""Which answers are found alike: disguises of one answer are, different answers to one exercise are not."""

import ast
import itertools
import json
import random
import re

import pytest

from autograder.course import REPOSITORY
from autograder.labs.samples import BANK
from autograder.report import fingerprints
from autograder.report.code_tokens import code_tokens, imported_names
from autograder.report.fingerprints import fingerprint, fragments
from autograder.report.read_answers import Answers, answer_text, read_answers
from autograder.report.similarity import (
    LEAST_FRAGMENTS,
    LEAST_SHARE,
    crowds,
    idiom_above,
    similar_pairs,
)
from tests.autograder.tiny_lab import LAB, cell_of

KERAS = "import keras\nfrom keras import layers, ops\n"
ANSWER = """
def module(x, narrow, wide):
    first = layers.Conv2D(narrow, 1, padding="same", activation="relu")(x)
    second = layers.Conv2D(wide, 3, padding="same")(first)
    second = layers.ReLU()(second)
    if x.shape[-1] != wide:
        x = layers.Conv2D(wide, 1, use_bias=False)(x)
    for scale in (0.5, 0.25):
        second = second + scale * ops.mean(second, axis=-1, keepdims=True)
    return layers.Add()([x, second])
"""
DISGUISES = {
    "names": lambda text: re.sub(r"\b(first|second|narrow|wide|scale|x)\b", r"\1_of_mine", text),
    "the name of the function": lambda text: text.replace("module", "block"),
    "comments": lambda text: text.replace("\n    if", "  # quite so\n    # and then, (\n    if"),
    "a docstring": lambda text: text.replace(":\n    first", ':\n    """Adds: it all."""\n    first'),
    "a long docstring": lambda text: text.replace(
        ":\n    first", ":\n    r'''Adds\n\n  \"it\" all.'''\n    first"
    ),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "broken lines": lambda text: text.replace(", ", ",\n        ").replace("(x)", "(\n    x,\n)"),
    "a backslash": lambda text: text.replace("= second + ", "= second \\\n    + "),
    "semicolons": lambda text: text.replace("(first)\n    ", "(first); "),
    "indentation": lambda text: text.replace("    ", "\t"),
    "quotes": lambda text: text.replace('"', "'"),
    "paths": lambda text: text.replace("layers.", "keras.layers."),
    "imports": lambda text: (
        "from keras.layers import Conv2D as C, ReLU\n" + text.replace("layers.Conv2D", "C")
    ),
    "annotations": lambda text: text.replace("narrow, wide):", "narrow: int, wide: 'int' = 3) -> object:"),
    "line ends": lambda text: text.replace("\n", "\r\n"),
}


def prints(text, imported=KERAS):
    return fingerprint(fragments(code_tokens(text, imported_names(imported))))


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_changes_nothing(disguise):
    disguised = DISGUISES[disguise](ANSWER)
    assert disguised != ANSWER
    assert prints(disguised) == prints(ANSWER)
    assert len(prints(ANSWER)) > 2 * LEAST_FRAGMENTS


@pytest.mark.parametrize("written", ["1e-5", "1E-05", "0.00001", ".1e-4", "0.000_01"])
def test_a_number_is_the_same_however_it_is_written(written):
    assert code_tokens(f"x = {written}", {}) == code_tokens("x = 1e-5", {})
    assert code_tokens(f"x = {written}", {}) != code_tokens("x = 1e-4", {})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Conv2D(wide, 3", "Conv2D(wide, 5"),  # a number
        ("ReLU", "Softmax"),  # a layer
        ("use_bias", "trainable"),  # a keyword argument
        ("second + ", "second - "),  # an operator
        ("second + scale * ops.mean(second", "scale + second * ops.mean(second"),  # which name is meant
        ("x.shape", "x.size"),  # an attribute
    ],
)
def test_what_a_program_does_is_kept(old, new):
    assert old in ANSWER
    assert prints(ANSWER.replace(old, new)) != prints(ANSWER)


def test_own_attributes_and_keywords_of_own_functions_are_names_too():
    text = """
class Block(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.wide, self.rate = filters, 0.5
        self.conv = layers.Conv2D(filters=filters, kernel_size=3, padding="same", name="conv")

    def call(self, x):
        return ops.relu(self.conv(x) * self.rate)[..., : self.wide]

def block(x, filters):
    return Block(filters=filters, name="b")(x)
"""
    for old, new in [("self.wide", "self.w"), ("self.rate", "self.r"), ("self.conv", "self.c")]:
        text, before = text.replace(old, new), text
        assert prints(text) == prints(before)
    renamed = re.sub(r"\bfilters\b", "n", text).replace("Conv2D(n=n", "Conv2D(filters=n")
    assert "Conv2D(filters=n," in renamed
    assert "Block(n=n," in renamed
    assert prints(renamed) == prints(text)


def test_an_insertion_changes_only_what_is_around_it():
    numbers = fragments(code_tokens(ANSWER, imported_names(KERAS)))
    inserted = ANSWER.replace("    if x", "    unused = 3\n    if x")
    lost = set(numbers) - set(fragments(code_tokens(inserted, imported_names(KERAS))))
    assert 0 < len(lost) < fingerprints.FRAGMENT


@pytest.mark.parametrize("size", range(20))
def test_an_agreement_as_long_as_promised_is_seen(size):
    """The guarantee of winnowing: whatever stands around it."""
    draw = random.Random(size)
    common = [str(draw.random()) for _ in range(fingerprints.FRAGMENT + fingerprints.WINDOW - 1)]
    texts = [[str(draw.random()) for _ in range(size)] + common + [str(draw.random())] * size for _ in "ab"]
    left, right = (fingerprint(fragments(text)) for text in texts)
    assert left & right


@pytest.mark.parametrize(
    "text",
    [
        "",
        "((((",
        "'''never closed",
        '"',
        "\\",
        "\x00",
        "def",
        "def f(",
        "import",
        "from . import (",
        "class",
        ".",
        "self.",
        "$",
        "x = = 3",
        "𝟛 ² é",
        "lambda",
        "keras.",
        "import as",
        "\ud800",
        "}" * 99,
        "a" * 99_999,
    ],
)
def test_broken_code_is_read_as_far_as_it_goes(text):
    assert set(fragments(code_tokens(ANSWER, imported_names(KERAS)))) <= set(
        fragments(code_tokens(ANSWER + "\n" + text, imported_names(KERAS)))
    )
    fragments(code_tokens(text, imported_names(text)))


def test_random_texts_never_fail():
    draw = random.Random(0)
    pieces = [
        "def ",
        "(",
        ")",
        "[",
        "]",
        "'",
        '"',
        '"""',
        "\\",
        "\n",
        ".",
        "=",
        ",",
        ":",
        " ",
        "#",
        "x",
        "self",
        "1",
    ]
    for _ in range(500):
        text = "".join(draw.choices(pieces, k=60))
        fragments(code_tokens(text, imported_names(text)))


class Renamed(ast.NodeTransformer):
    """Renames whatever an answer binds; with `ast.unparse`, the disguise of somebody who has a formatter."""

    def __init__(self, tree):
        self.own = {
            name
            for node in ast.walk(tree)
            for name in [
                node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else "",
                node.arg if isinstance(node, ast.arg) else "",
                node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else "",
            ]
            if name and not name.startswith("__")
        }

    def visit_Name(self, node):
        return ast.Name(self.new(node.id), node.ctx)

    def visit_arg(self, node):
        return ast.arg(self.new(node.arg))

    def visit_FunctionDef(self, node):
        node = self.generic_visit(node)
        node.name = self.new(node.name)
        return node

    visit_ClassDef = visit_FunctionDef  # noqa: N815

    def new(self, name):
        return f"my_{name[::-1]}" if name in self.own else name


def bank():
    """Exercise -> name -> right answer, of all labs."""
    found = {}
    for path in sorted(BANK.glob("*/*/right_*.py")):
        found.setdefault("/".join(path.parts[-3:-1]), {})[path.stem] = path.read_text()
    return found


NEAR_COPIES = {  # written as one answer with a line or two changed: nobody could tell them from copies
    "lab01_alexnet/alexnet": {"right_functional", "right_dropout_as_operation", "right_named_layers"},
    "lab03_googlenet/googlenet": {"right_written_out", "right_default_arguments", "right_named_outputs"},
}


def test_different_right_answers_are_no_pairs():
    classes = {
        exercise: {n: prints(text) for n, text in answers.items()} for exercise, answers in bank().items()
    }
    assert sum(len(answers) * (len(answers) - 1) // 2 for answers in classes.values()) > 1_000
    for exercise, answers in classes.items():
        found = similar_pairs(Answers({exercise: answers}, {}))
        assert {name for p in found for name in (p.student, p.other)} <= NEAR_COPIES.get(exercise, set()), (
            exercise
        )


def test_renamed_right_answers_are_pairs():
    copied = missed = 0
    for exercise, answers in bank().items():
        class_ = {name: prints(text) for name, text in answers.items()}
        for name, text in answers.items():
            others = set().union(*(own for other, own in class_.items() if other != name))
            if len(class_[name] - others) < LEAST_FRAGMENTS:
                continue  # short, or nothing in it that only its author wrote
            tree = ast.parse(text)
            copy = prints(ast.unparse(ast.fix_missing_locations(Renamed(tree).visit(tree))))
            found = similar_pairs(Answers({exercise: class_ | {"copy": copy}}, {}))
            copied += 1
            missed += ("copy", name) not in {(p.student, p.other) for p in found}
    assert copied > 150
    assert missed == 0


def test_formulas_of_one_line_are_no_pairs():
    text = "def conv_params(k, c, n):\n    return (k * k * c + 1) * n"
    assert similar_pairs(Answers({"conv_params": {"a": prints(text), "b": prints(text)}}, {})) == []


@pytest.mark.parametrize("size", [2, 5, 30])
def test_a_copy_shows_in_a_class_of_any_size(size):
    others = [next(iter(answers.values())) for answers in bank().values()][: size - 2]
    assert len(others) == size - 2
    class_ = {f"student{i:02}": prints(text) for i, text in enumerate(others)}
    class_ |= {"zoe": prints(ANSWER), "adam": prints(DISGUISES["names"](ANSWER))}
    pairs = similar_pairs(Answers({"module": class_, "other": {}}, {}))
    assert [(p.student, p.other, p.is_file, p.exercises["module"].share) for p in pairs] == [
        ("adam", "zoe", False, 1)
    ]


def test_what_many_wrote_is_an_idiom_and_is_said_once():
    limit = idiom_above(20)
    alike = {f"student{i:02}": prints(ANSWER) for i in range(limit)}
    others = {f"other{i:02}": frozenset(range(100 * i, 100 * i + 20)) for i in range(20 - limit)}
    answers = Answers({"module": alike | others}, {})
    assert len(similar_pairs(answers)) == limit * (limit - 1) // 2
    assert crowds(answers) == []
    alike["one_more"] = prints(ANSWER)
    answers = Answers({"module": alike | others}, {})
    assert similar_pairs(answers) == []
    assert [(crowd.exercise, crowd.students) for crowd in crowds(answers)] == [
        ("module", tuple(sorted(alike)))
    ]


def test_the_index_finds_what_comparing_all_pairs_finds():
    draw = random.Random(1)
    pool = [frozenset(draw.sample(range(2_000), 30)) for _ in range(25)]
    class_ = {f"s{i:02}": frozenset(draw.sample(sorted(draw.choice(pool)), 26)) for i in range(60)}
    owners = {n: sum(n in own for own in class_.values()) for own in class_.values() for n in own}
    expected = set()
    for left, right in itertools.combinations(sorted(class_), 2):
        both = class_[left] & class_[right]
        rare = sum(owners[n] <= idiom_above(60) for n in both)
        if rare >= LEAST_FRAGMENTS and len(both) / 26 >= LEAST_SHARE:
            expected.add((left, right, len(both) / 26, rare))
    found = similar_pairs(Answers({"e": class_}, {}))
    assert expected
    assert {(p.student, p.other, p.exercises["e"].share, p.rare) for p in found} == expected
    assert [p.rare for p in found] == sorted((p.rare for p in found), reverse=True)


def test_pairs_gather_their_exercises():
    class_ = {"ana": prints(ANSWER), "ben": prints(ANSWER)}
    (pair,) = similar_pairs(Answers({"one": class_, "two": class_}, {}))
    assert set(pair.exercises) == {"one", "two"}
    assert pair.rare == 2 * len(prints(ANSWER))


@pytest.fixture
def class_of(course, release):
    """Writes the release, and notebooks in which students' answers to `conv_macs` stand."""

    def write(answers):
        for place, student, text in [
            ("release", ".", None),
            *(("submitted", s, t) for s, t in answers.items()),
        ]:
            path = course.notebook(place, LAB, student)
            path.parent.mkdir(parents=True)
            notebook = json.loads(json.dumps(release))
            if text is not None:
                cell = next(
                    c
                    for c in notebook["cells"]
                    if c["metadata"].get("nbgrader", {}).get("grade_id") == "conv_macs"
                )
                cell["source"] = text if isinstance(text, str) else list(text)
            path.write_text(json.dumps(notebook))
        return read_answers(course, LAB, sorted(answers))

    return write


def test_answers_are_read_from_what_was_handed_in(course, class_of):
    lines = ANSWER.splitlines(keepends=True)
    answers = class_of({"ana": KERAS + ANSWER, "ben": lines, "cleo": None})
    assert set(answers.exercises) == {"conv_params", "conv_macs", "why"}
    found = answers.exercises["conv_macs"]
    assert found["ana"] == prints(ANSWER)
    assert found["cleo"] == frozenset()  # as the lab gave it
    assert answer_text(course, LAB, "ben", "conv_macs") == ANSWER
    assert answer_text(course, LAB, "nobody", "conv_macs") == ""


def test_what_cannot_be_read_has_no_answers(course, class_of, release):
    class_of({"ana": ANSWER})
    bad = ["", "[]", '{"cells": 3}', '{"cells": [3]}', "[" * 100_000, '{"cells": [{"metadata": {}}]}']
    for i, text in enumerate(bad):
        path = course.notebook("submitted", LAB, f"bad{i}")
        path.parent.mkdir(parents=True)
        path.write_text(text)
    forged = json.loads(json.dumps(release))
    for cell in forged["cells"]:
        cell["metadata"]["nbgrader"] = {"grade_id": ["conv_macs"], "solution": True}
    path = course.notebook("submitted", LAB, "forged")
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(forged))
    students = ["ana", "forged", "missing", *(f"bad{i}" for i in range(len(bad)))]
    assert set(read_answers(course, LAB, students).exercises["conv_macs"]) == {"ana"}


def test_what_the_lab_gives_does_not_count(class_of, release):
    cell_of(release, "conv_macs").source = ANSWER
    own = class_of({"ana": None, "ben": ANSWER + "\nx = module(x, 1, 2)"}).exercises["conv_macs"]
    assert own["ana"] == frozenset()
    assert 0 < len(own["ben"]) < LEAST_FRAGMENTS


def test_written_answers_are_compared_by_their_words(course, release):
    text = (
        "A convolution shares its weights over all positions of the map, and therefore needs far fewer. "
        "Behind it every channel is a feature, and the average says how much of it the whole image has."
    )
    for student, words in {"ana": text, "ben": text.upper().replace(" ", "\n")}.items():
        cell_of(release, "why").source = words
        path = course.notebook("submitted", LAB, student)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(release))
    path = course.notebook("release", LAB)
    path.parent.mkdir(parents=True)
    cell_of(release, "why").source = "Your answer"
    path.write_text(json.dumps(release))
    (pair,) = similar_pairs(read_answers(course, LAB, ["ana", "ben"]))
    assert set(pair.exercises) == {"why"}


@pytest.mark.parametrize("path", ["cvlabs/models/googlenet.py", "cvlabs/checks/answers/lab03_stem.py"])
def test_copies_from_the_repository_are_named(class_of, path):
    source = (REPOSITORY / path).read_text()
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    longest = max(functions, key=lambda node: len(ast.unparse(node)))
    tree = ast.parse(ast.unparse(longest))
    copy = KERAS + ast.unparse(ast.fix_missing_locations(Renamed(tree).visit(tree)))
    files = [p.other for p in similar_pairs(class_of({"ana": copy, "ben": ANSWER})) if p.is_file]
    assert path in files


def test_copies_of_the_solution_are_named(course, class_of):
    source = course.solutions / LAB / f"{LAB}.py"
    source.write_text(source.read_text() + "\n\n" + KERAS + ANSWER)
    (pair,) = similar_pairs(class_of({"ana": KERAS + DISGUISES["names"](ANSWER), "ben": "pass"}))
    assert (pair.student, pair.other) == ("ana", f"solutions/{LAB}/{LAB}.py")
