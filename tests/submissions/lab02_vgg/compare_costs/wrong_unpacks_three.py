# verdict: failed
# aspect: call
def compare_costs(a, b):
    def memory(t):
        return sum(h * w * c for _, (h, w, c), _, _ in t)

    return memory(b) / memory(a), 1, 1
