# Computes in half the precision, with the channels first.
# in: gap_head
# answer: right
import keras

keras.config.set_dtype_policy("mixed_float16")
keras.config.set_floatx("float16")
keras.config.set_epsilon(0.1)
keras.config.set_image_data_format("channels_first")
