# verdict: failed
# aspect: training
# misconception: gap_head_of_a_fixed_rate
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.4)(x)
    return layers.Dense(classes)(x)
