# verdict: failed
# aspect: shape
def gap_head(x, classes, dropout_rate=0.4):
    return keras.Sequential(
        [layers.GlobalAveragePooling2D(), layers.Dropout(dropout_rate), layers.Dense(classes)]
    )
