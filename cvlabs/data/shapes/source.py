"""The shapes, prepared where they are not yet."""

import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from cvlabs.data.source import Source
from cvlabs.data.split import no_split
from cvlabs.data.tfds import encoded, is_prepared, quiet, require_tfds

SPLITS = ("train", "test")


def shapes_source(split: str) -> Source:
    """Returns the shapes of `train` (10,000 images) or `test` (2,000).

    They are drawn on first use, in some seconds, and kept in the user's cache folder
    (`$XDG_CACHE_HOME/cvlabs`); where nothing can be written, they are drawn each time.

    Raises:
        ValueError: Another split, or tensorflow-datasets is not installed.
    """
    require_tfds("shapes")
    if split not in SPLITS:
        raise no_split("shapes", split, SPLITS)
    return _kept(cache_folder() / "data", split)


@lru_cache(maxsize=2)  # of some 35 MB
def _kept(home: Path, split: str) -> Source:
    try:
        return encoded("shapes", _prepared(home), split)
    except OSError:  # a read-only home, or a full disk
        return _drawn_for_this_process()[split]


@lru_cache(maxsize=1)
def _drawn_for_this_process() -> dict[str, Source]:
    with tempfile.TemporaryDirectory(prefix="cvlabs-shapes-") as scratch:
        builder = _drawn(Path(scratch))
        return {split: encoded("shapes", builder, split) for split in SPLITS}


def cache_folder() -> Path:
    """Returns where cvlabs keeps what can be made anew: `$XDG_CACHE_HOME/cvlabs`, or `~/.cache/cvlabs`."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if Path(given).is_absolute() else Path("~/.cache").expanduser()) / "cvlabs"


def _prepared(home: Path) -> Any:
    """The builder, with its files below `home`: prepared elsewhere and moved there in one step.

    So an interrupted or a second preparation at the same time leaves nothing half done.
    """
    builder = _builder(home)
    if is_prepared(builder):
        return builder
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".shapes-", dir=home) as scratch:
        made, target = Path(_drawn(Path(scratch)).data_dir), Path(builder.data_dir)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            made.rename(target)
        except OSError:
            if not is_prepared(_builder(home)):
                shutil.rmtree(target, ignore_errors=True)
                made.rename(target)
    return _builder(home)


def _drawn(folder: Path) -> Any:
    builder = _builder(folder)
    print("Drawing the shapes, once: some seconds.", flush=True)
    with quiet():
        builder.download_and_prepare()
    return builder


def _builder(folder: Path) -> Any:
    from cvlabs.data.shapes.shapes_dataset_builder import Builder

    return Builder(data_dir=folder)
