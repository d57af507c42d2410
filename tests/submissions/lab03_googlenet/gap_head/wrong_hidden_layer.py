# verdict: failed
# aspect: params
# misconception: gap_head_with_a_hidden_layer
def gap_head(x, classes, dropout_rate=0.4):
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(x.shape[-1], activation="relu")(x)
    x = layers.Dropout(dropout_rate)(x)
    return layers.Dense(classes)(x)
