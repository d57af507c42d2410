# verdict: passed
import functools
import operator
import re


def activation_bytes(shape, dtype="float32"):
    known = filter(None, shape)
    return functools.reduce(operator.mul, known, int(re.search(r"\d+", dtype)[0]) / 8)
