"""Names that were perhaps meant."""

import pytest

from autograder.similar_names import or_meant

CLASS = ("anna", "José Ñandú", "Jose Nandu", "Ödön", "x1234567", "x1234568")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Anna", "'Anna' (did you mean 'anna'?)"),
        ("anno", "'anno' (did you mean 'anna'?)"),
        ("jose nandu", "'jose nandu' (did you mean 'Jose Nandu' or 'José Ñandú'?)"),
        ("x1234569", "'x1234569' (did you mean 'x1234568' or 'x1234567'?)"),
        ("odon", "'odon' (did you mean 'Ödön'?)"),
        ("nobody", "'nobody'"),
        ("", "''"),
    ],
)
def test_names_that_are_spelled_nearly_so(typed, told):
    assert or_meant(typed, CLASS) == told


def test_a_class_of_none():
    assert or_meant("anna", ()) == "'anna'"
