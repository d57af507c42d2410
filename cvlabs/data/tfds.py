"""Image classification sets of TensorFlow Datasets, by their name."""

import difflib
import logging
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np

from cvlabs.data.headers import read_header
from cvlabs.data.memory import available_bytes
from cvlabs.data.network import reachable
from cvlabs.data.source import Files, Source
from cvlabs.data.split import no_split

_SHARE = 4  # of the memory that is free, one part in so many may hold encoded images


def tfds_splits(name: str) -> tuple[str, ...]:
    """Returns the splits of a set, which is prepared now if it is not yet.

    Raises:
        ValueError: As `tfds_source`.
    """
    return tuple(_prepared(name).info.splits)


def tfds_source(name: str, split: str) -> Source:
    """Returns one split of a set, prepared by tensorflow-datasets, or now where there is network.

    Args:
        name: As tensorflow-datasets has it: `"cifar10"`, `"imagenette/160px-v2"`.
        split: Name of a split, without a slice.

    Raises:
        ValueError: An unknown name or split, a set for something else than image classification, or one
            that is not prepared and cannot be.
    """
    builder = _prepared(name)
    return _encoded(name, builder, split, *_features(name, builder))


def _prepared(name: str) -> Any:
    _require_tfds(name)
    builder = _builder(name)
    _features(name, builder)  # what is not a set of images with classes is not downloaded
    if not _is_prepared(builder):
        _prepare(name, builder)
    return builder


def _encoded(name: str, builder: Any, split: str, image: str, label: str) -> Source:
    """Returns a split of a prepared set, its images still encoded, in memory."""
    import tensorflow_datasets as tfds

    if split not in builder.info.splits:
        raise no_split(name, split, builder.info.splits)
    need = builder.info.splits[split].num_bytes
    if need > available_bytes() // _SHARE:
        raise ValueError(
            f"{name} takes {need / 2**30:.1f} GiB, more than a quarter of the free memory. Write its images "
            'into class folders, whose files stay on the disk: load("folder:PATH", …).'
        )
    examples = builder.as_dataset(
        split=split,
        decoders={image: tfds.decode.SkipDecoding()},
        read_config=tfds.ReadConfig(interleave_cycle_length=1, try_autocache=False),
    )
    contents, labels = [], []
    for example in examples.as_numpy_iterator():
        contents.append(example[image])
        labels.append(example[label])
    headers = [read_header(content) for content in contents]
    files = Files(
        tuple(f"{name} {split}, image {i}" for i in range(len(contents))),
        lambda indices: [contents[i] for i in indices],
        tuple(form for form, _, _ in headers),
        np.array([size for _, *size in headers], np.int32).reshape(-1, 2),
    )
    return Source(tuple(builder.info.features[label].names), files, np.array(labels, np.int32))


def _require_tfds(name: str) -> None:
    """Raises the error that says how to install tensorflow-datasets, if need be.

    Raises:
        ValueError: It is not installed; or it is not what is needed, since `name` is the path of a folder.
    """
    try:
        import tensorflow_datasets  # noqa: F401
    except ImportError:
        if _is_folder(name):
            raise _unknown(name, [f"folder:{name}"]) from None
        raise ValueError(
            f"{name!r} is looked up in tensorflow-datasets, which is not installed: pip install "
            '"cvlabs[data]". Always there: load("shapes").'
        ) from None


@contextmanager
def quiet() -> Iterator[None]:
    """Silences tensorflow-datasets, which writes to stderr: a notebook shows that as errors.

    It draws progress bars, and it logs.
    """
    log = logging.getLogger("absl")
    before = log.level
    log.setLevel(logging.CRITICAL)  # absl's logger passes over `disabled` and filters
    try:
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            yield
    finally:
        log.setLevel(before)


def _is_prepared(builder: Any) -> bool:
    """Whether a set lies in its builder's folder; tensorflow-datasets logs a warning if not."""
    with quiet():
        return bool(builder.is_prepared())


def _builder(name: str) -> Any:
    import tensorflow_datasets as tfds

    if ":" not in name:  # else another place on the network
        try:
            return tfds.builder(name, try_gcs=False)
        except (tfds.core.DatasetNotFoundError, ValueError) as error:
            reason = (
                str(error).splitlines()[0] if not isinstance(error, tfds.core.DatasetNotFoundError) else ""
            )
    else:
        reason = ""
    if _is_folder(name):
        raise _unknown(name, [f"folder:{name}"])
    known = ["shapes", "digits", "folder:PATH", *tfds.list_builders(with_community_datasets=False)]
    near = difflib.get_close_matches(name, known, 3) or ["shapes", "digits", "cifar10", "folder:PATH"]
    raise _unknown(name, near, reason)


def _unknown(name: str, near: list[str], reason: str = "") -> ValueError:
    because = f" {reason.rstrip('.')}." if reason else ""
    return ValueError(f"Unknown data set {name!r}.{because} Did you mean: {', '.join(near)}?")


def _is_folder(name: str) -> bool:
    return bool(name) and (Path(name).is_dir() or zipfile.is_zipfile(name))


def _features(name: str, builder: Any) -> tuple[str, str]:
    """The names of the image and of the label."""
    import tensorflow_datasets as tfds

    features = builder.info.features
    images = [key for key, kind in features.items() if isinstance(kind, tfds.features.Image)]
    labels = [key for key, kind in features.items() if isinstance(kind, tfds.features.ClassLabel)]
    supervised = builder.info.supervised_keys or ()
    images = [key for key in images if key in supervised] or images
    labels = [key for key in labels if key in supervised] or labels
    if len(images) != 1 or len(labels) != 1:
        raise ValueError(
            f"{name} is not an image classification set: expected one image and one class label in each "
            f"example, got {', '.join(features)}."
        )
    return images[0], labels[0]


def _prepare(name: str, builder: Any) -> None:
    """Downloads a set, or says in one line why not, and what to do."""
    import tensorflow_datasets as tfds

    way_out = (
        f'Run "tfds build {name}" where there is network access, or take load("shapes") or '
        'load("folder:PATH"), which need none.'
    )
    if builder.MANUAL_DOWNLOAD_INSTRUCTIONS:
        page = f"https://www.tensorflow.org/datasets/catalog/{builder.name}"
        raise ValueError(
            f'{name} has to be downloaded by hand, see {page}; then run "tfds build {name} --manual_dir '
            'FOLDER". Always there: load("shapes").'
        )
    if not reachable(list(builder.url_infos or ())):  # some sets list no addresses
        raise ValueError(
            f"{name} is not prepared in {builder.data_dir}, and its server cannot be reached. {way_out}"
        )
    print(f"Preparing {name} in {builder.data_dir}, once.", flush=True)
    settings = tfds.download.DownloadConfig(try_download_gcs=False)
    try:
        builder.download_and_prepare(download_config=settings)
    except Exception as error:
        reason = (str(error).splitlines() or [""])[0]
        raise ValueError(
            f"{name} could not be prepared ({type(error).__name__}: {reason}). {way_out}"
        ) from error
