# verdict: failed
# aspect: params
# misconception: vgg_with_one_hidden_layer
def vgg(convs_per_stage, input_shape=(224, 224, 3), classes=1000):
    x = inputs = keras.Input(input_shape)
    for filters, convs in zip(FILTERS, convs_per_stage):
        x = vgg_block(x, filters, convs)
    x = layers.Dense(4096, "relu")(layers.Flatten()(x))
    x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(classes)(x))
