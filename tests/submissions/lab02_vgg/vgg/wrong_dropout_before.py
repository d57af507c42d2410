# verdict: failed
# aspect: training
# misconception: vgg_with_dropout_before_each_layer
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    for filters, convs in zip(FILTERS, convs_per_stage):
        x = vgg_block(x, filters, convs)
    x = layers.Flatten()(x)
    for _ in range(2):
        x = layers.Dense(4096, "relu")(layers.Dropout(0.5)(x))
    return keras.Model(inputs, layers.Dense(classes)(x))
