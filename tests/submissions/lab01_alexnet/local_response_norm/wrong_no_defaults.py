# verdict: failed
# aspect: call
def local_response_norm(x, depth_radius, bias, alpha, beta):
    return x
