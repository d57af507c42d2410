# verdict: failed
# aspect: output
def local_response_norm(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    return x
