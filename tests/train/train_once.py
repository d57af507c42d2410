"""A program that trains a small network and keeps its weights: `train_once.py FILE [logical CPU devices]`.

Tests run it in processes of their own, since a process chooses its devices once.
"""

import sys
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
from small import images, network

from cvlabs.train import RECIPES, fit, join_hosts

if __name__ == "__main__":
    target, devices, joins, precision = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    if keras.backend.backend() == "tensorflow" and devices > 1:
        import tensorflow as tf

        cpu = tf.config.list_physical_devices("CPU")[0]
        tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * devices)
    if joins == "join":
        join_hosts()
    # Without normalization and dropout, which every device has for itself.
    model = network(dropout=0, norm=False)
    recipe = replace(RECIPES["finetune"], precision=precision, learning_rate=1.0)
    result = fit(
        model, images(), images(31, seed=1), recipe=recipe, epochs=2, batch_size=16, output=target / "output"
    )
    values = [keras.ops.convert_to_numpy(v) for v in model.variables]
    history = [row[what] for what in ("validation_error", "loss", "learning_rate") for row in result.history]
    np.savez(target / "weights.npz", *values, history=history)
    print(result)
