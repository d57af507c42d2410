# verdict: failed
# aspect: call
class inception_module(keras.Layer):
    def __init__(self, f1, f3_reduce, f3, f5_reduce, f5, pool_proj):
        super().__init__()
        self.convs = [layers.Conv2D(f, 1) for f in (f1, f3, f5, pool_proj)]

    def call(self, x):
        return ops.concatenate([conv(x) for conv in self.convs], axis=-1)
