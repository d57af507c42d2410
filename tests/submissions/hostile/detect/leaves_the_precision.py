# Leaves another precision behind, for the exercises after it.
# answer: right
import keras

keras.config.set_dtype_policy("mixed_bfloat16")
keras.config.set_image_data_format("channels_first")
