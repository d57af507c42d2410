"""How hard the embedded data set is: test accuracy of a linear model and of a small CNN.

    python -m benchmarks.shapes               # some minutes on two cores
    python -m benchmarks.shapes --epochs 8

The aims: a linear model of the pixels stays below 50 %, a small CNN exceeds 85 %.
"""

import argparse
import os
import time
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def linear() -> Any:
    """Returns a linear model of the pixels."""
    import keras
    from keras import layers

    return keras.Sequential(
        [keras.Input((32, 32, 3)), layers.Rescaling(1 / 64, -2), layers.Flatten(), layers.Dense(10)]
    )


def cnn() -> Any:
    """Returns six convolutions of 16, 32 and 64 filters, halved by pooling: 73,402 parameters."""
    import keras
    from keras import layers

    stack: list[Any] = [keras.Input((32, 32, 3)), layers.Rescaling(1 / 64, -2)]
    for filters in (16, 32, 64):
        for _ in range(2):
            stack += [layers.Conv2D(filters, 3, padding="same", use_bias=False)]
            stack += [layers.BatchNormalization(), layers.ReLU()]
        stack.append(layers.MaxPooling2D(2))
    return keras.Sequential([*stack, layers.GlobalAveragePooling2D(), layers.Dense(10)])


def main() -> None:
    """Trains both, and prints a line for each."""
    parser = argparse.ArgumentParser(description="Accuracy of two models on the embedded data set.")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    import keras

    from cvlabs.data import load

    train = load("shapes", batch_size=64, seed=options.seed)
    test = load("shapes", "test", batch_size=500, shuffle=False)
    for name, build, rate in (("linear", linear, 1e-3), ("cnn", cnn, 3e-3)):
        keras.utils.set_random_seed(options.seed)
        model = build()
        schedule = keras.optimizers.schedules.CosineDecay(rate, options.epochs * train.info.batches)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        model.compile(keras.optimizers.Adam(schedule), loss, metrics=["accuracy"])
        start = time.perf_counter()
        model.fit(train, epochs=options.epochs, verbose=0, shuffle=False)
        seconds = time.perf_counter() - start
        accuracy = 100 * model.evaluate(test, verbose=0)[1]
        print(
            f"{name}: {model.count_params():,} parameters, {seconds:.0f} s, accuracy {accuracy:.1f} %",
            flush=True,
        )


if __name__ == "__main__":
    main()
