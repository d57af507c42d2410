# Asks for another backend, for now and for all later imports.
# answer: right
# may lose: gap_head
import os

import keras

os.environ["KERAS_BACKEND"] = "numpy"
try:
    keras.config.set_backend("numpy")
except Exception:
    pass
