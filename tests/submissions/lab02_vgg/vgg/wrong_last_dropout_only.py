# verdict: failed
# aspect: training
# misconception: vgg_with_the_last_dropout_only
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    for filters, convs in zip(FILTERS, convs_per_stage):
        x = vgg_block(x, filters, convs)
    x = layers.Flatten()(x)
    x = layers.Dense(4096, "relu")(x)
    x = layers.Dropout(0.5)(layers.Dense(4096, "relu")(x))
    return keras.Model(inputs, layers.Dense(classes)(x))
