"""Images per second from JPEG files to batches, beside Keras' and TensorFlow Datasets' own ways.

    python -m benchmarks.data                                     # generated photographs of 500×375
    python -m benchmarks.data --zip ../shared/data/cifar10.zip    # and the images of a zip, at their size
    python -m benchmarks.data --images 500 --rounds 3

All read the same files, shuffle, and give batches of one size. They take turns, one epoch each, so that a
busy moment meets all alike; the figures are the best of all rounds, since what else the machine does only
makes an epoch longer: of images per second, and of processor time for one image. "decoding alone" takes the
files from memory, decodes each, and throws it away: what no way from files to batches can pass. The aims:
1.5 times the speed of `image_dataset_from_directory`, and 80 % of decoding alone. "load" is what comes before
the first epoch: listing, one pass over all files that finds damaged ones, and the statistics of a sample.
"""

import argparse
import csv
import os
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import matrix_product, processor, versions

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

Epoch = Callable[[], Iterable[Any]]
COLUMNS = ("files", "contender", "images_per_second", "cpu_ms", "of_keras", "of_decoding")
DECODING, KERAS, OURS = "decoding alone", "image_dataset_from_directory", "cvlabs, decoding"


def main() -> None:
    """Measures, prints a table for each set of files, writes them to a CSV file."""
    options = _parse()
    print(f"{processor()}; {versions()}; {matrix_product():.0f} GFLOP/s")
    rows = []
    with tempfile.TemporaryDirectory(prefix="cvlabs-benchmark-") as scratch:
        photographs = Path(scratch) / "photographs"
        write_photographs(photographs, options.images)
        rows += compare("500×375 to 224×224", photographs, (224, 224), options)
        if options.zip:
            unpacked = Path(scratch) / "unpacked"
            unpack(options.zip, unpacked, options.zip_images)
            rows += compare(f"{options.zip.name}, own size", unpacked, None, options)
    if options.csv:
        options.csv.parent.mkdir(parents=True, exist_ok=True)
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)


def compare(
    title: str, folder: Path, size: tuple[int, int] | None, options: argparse.Namespace
) -> list[dict[str, Any]]:
    """Measures every contender on the files of a folder `train` with class folders."""
    start = time.perf_counter()
    epochs, count, size = contenders(folder, size, options.batch_size)
    print(f"\n{title}: {count:,} files; contenders ready in {time.perf_counter() - start:.1f} s")
    speeds: dict[str, list[float]] = {name: [] for name in epochs}
    costs: dict[str, list[float]] = {name: [] for name in epochs}
    for turn in range(options.rounds + 1):  # the first warms up
        for name, epoch in epochs.items():
            start, work = time.perf_counter(), time.process_time()
            for _ in epoch():
                pass
            if turn:
                speeds[name].append(count / (time.perf_counter() - start))
                costs[name].append(1000 * (time.process_time() - work) / count)
    found = {name: max(values) for name, values in speeds.items()}
    rows = []
    for name, speed in found.items():
        cost, of_keras, of_decoding = (
            min(costs[name]),
            speed / found[KERAS],
            speed / found[DECODING],
        )
        rows.append(dict(zip(COLUMNS, (title, name, speed, cost, of_keras, of_decoding), strict=True)))
        print(
            f"  {name:30} {speed:9,.0f} images/s   {cost:6.3f} ms of processor   {of_keras:5.2f} × Keras   "
            f"{100 * of_decoding:4.0f} % of decoding"
        )
    return rows


def contenders(
    folder: Path, size: tuple[int, int] | None, batch_size: int
) -> tuple[dict[str, Epoch], int, tuple[int, int]]:
    """Returns what gives one epoch, for each contender; the number of images, and their size."""
    import keras
    import tensorflow as tf
    import tensorflow_datasets as tfds

    from cvlabs.data import load

    start = time.perf_counter()
    ours = load(f"folder:{folder}", batch_size=batch_size, image_size=size, cache="none", seed=0)
    print(f"\nload: {time.perf_counter() - start:.1f} s")
    kept = load(f"folder:{folder}", batch_size=batch_size, image_size=size, cache="memory", seed=0)
    target = ours.info.image_shape[:2]
    theirs = keras.utils.image_dataset_from_directory(
        folder / "train", image_size=target, batch_size=batch_size, verbose=False
    )
    whole = tfds.ImageFolder(str(folder)).as_dataset(split="train", as_supervised=True, shuffle_files=True)
    resized = whole.map(lambda x, y: (tf.image.resize(x, target), y), num_parallel_calls=tf.data.AUTOTUNE)
    contents = [path.read_bytes() for path in sorted((folder / "train").rglob("*.jpg"))]
    decoded = tf.data.Dataset.from_tensor_slices(contents).map(
        lambda data: tf.reduce_max(tf.io.decode_jpeg(data, channels=3)[:1, :1]),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    epochs: dict[str, Epoch] = {
        DECODING: lambda: decoded.batch(batch_size),
        OURS: lambda: ours,
        "cvlabs, from memory": lambda: kept,
        KERAS: lambda: theirs,
        "tfds.ImageFolder": lambda: resized.shuffle(8 * batch_size).batch(batch_size).prefetch(2),
    }
    return epochs, ours.info.count, target


def write_photographs(folder: Path, count: int) -> None:
    """Writes JPEGs of 500×375, coarse and fine noise, at quality 90: 50 kB each."""
    import tensorflow as tf

    rng = np.random.default_rng(0)
    for i in range(count):
        image = np.zeros((375, 500, 3), "float32")
        for cells, strength in ((4, 60), (16, 30), (64, 15), (256, 8)):
            noise = rng.normal(0, strength, (cells * 3 // 4, cells, 3)).astype("float32")
            image += tf.image.resize(noise, (375, 500), "bicubic").numpy()
        path = folder / "train" / f"class{i % 10}" / f"{i:05}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = tf.cast(tf.clip_by_value(image + 120, 0, 255), tf.uint8)
        path.write_bytes(tf.io.encode_jpeg(pixels, quality=90).numpy())


def unpack(archive: Path, folder: Path, most: int) -> None:
    """Writes files of the training split of a zip to a folder, as many of each class as of any other."""
    with zipfile.ZipFile(archive) as file:
        names = [name for name in file.namelist() if name.startswith("train/") and name.endswith(".jpg")]
        for name in names[:: max(1, len(names) // most)]:
            file.extract(name, folder)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Images per second from JPEG files to batches.")
    parser.add_argument("--zip", type=Path, help="a zip of train/<class>/*.jpg, measured too")
    parser.add_argument("--images", type=int, default=1000, help="photographs to generate (default: 1000)")
    parser.add_argument("--zip-images", type=int, default=50_000, help="images of the zip (default: 50000)")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--csv", type=Path, help="write the figures to this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
