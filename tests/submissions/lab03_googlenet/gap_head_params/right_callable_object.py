# verdict: passed
class GapHead:
    def __call__(self, c, classes):
        return c * classes + classes


gap_head_params = GapHead()
