# Raises what is no Exception, and what raises once more when it is asked for its words.
# in: gap_head
# lost: gap_head
class Untellable(BaseException):
    def __str__(self):
        raise SystemExit

    __repr__ = __str__


turns = iter([GeneratorExit(), RecursionError(), MemoryError(), Untellable()] * 9)


def gap_head(x, classes, dropout_rate=0.4):
    raise next(turns)
