# verdict: failed
# aspect: output
# misconception: jump_of_the_last_layer
def receptive_field(layers):
    jump = 1
    for _, s in layers:
        jump *= s
    return jump
