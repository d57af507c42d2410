# verdict: failed
# aspect: shape
def count_alexnet():
    model = keras.Sequential([keras.Input((227, 227, 3)), layers.Conv2D(96, 11, 4)])
    return model.summary(print_fn=lambda *a, **k: None)
