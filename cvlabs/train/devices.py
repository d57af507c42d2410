"""What a training runs on: one device, several, or several hosts. Chosen here, and told in a line.

TensorFlow distributes with `tf.distribute`, JAX with `keras.distribution`. Every device computes its part of
a batch; gradients are averaged. With TensorFlow, batch normalization takes the statistics of a device's own
part, as usual (Goyal et al. 2017, section 2.3); with JAX, those of the whole batch.
"""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras

from cvlabs.counted import counted
from cvlabs.train.divided import divided_by_images, even, filled

_joined: dict[str, Any] = {}


def _unchanged(data: Any) -> Any:
    return data


@dataclass(frozen=True)
class Devices:
    """What a training runs on.

    Args:
        name: What it is, in words.
        kind: `"CPU"`, `"GPU"` or `"TPU"`.
        count: Devices that a batch is divided among, over all hosts.
        scope: Within this context variables are made, and trained, on all of them.
        is_chief: Whether this process is the one that writes and prints.
        hosts: Processes that train together.
        training_data: What batches go through before they are trained on.
        test_data: What batches go through before they are tested on.
    """

    name: str
    kind: str
    count: int = 1
    scope: Callable[[], AbstractContextManager[Any]] = nullcontext
    is_chief: bool = True
    hosts: int = 1
    training_data: Callable[[Any], Any] = _unchanged
    test_data: Callable[[Any], Any] = _unchanged

    @property
    def is_several(self) -> bool:
        """Whether a batch is divided."""
        return self.count > 1

    def parts(self, batch_size: int) -> str:
        """Returns how a batch is divided, in words that follow its size; empty if it is not."""
        each, rest = divmod(batch_size, self.count)
        if not self.is_several:
            return ""
        return f" on {self.count} devices" if rest else f" = {self.count} devices × {each}"


def join_hosts() -> None:
    """Joins the other hosts of a training; call it first, before any model is built.

    With TensorFlow the hosts are those of `TF_CONFIG`, the same JSON on each but for the index:
    `{"cluster": {"worker": ["host1:2222", "host2:2222"]}, "task": {"type": "worker", "index": 0}}`. With JAX
    it calls `jax.distributed.initialize`, which finds them by the scheduler or its own variables. It waits
    until all are there.

    Raises:
        ValueError: There are no other hosts, or TensorFlow has been used already.
    """
    if keras.backend.backend() == "jax":
        import jax

        jax.distributed.initialize()
        return
    if keras.backend.backend() != "tensorflow":
        raise ValueError(
            f"{keras.backend.backend()} does not train on several hosts here; TensorFlow and JAX do."
        )
    if _workers() < 2:
        raise ValueError("TF_CONFIG names no other workers; without them nothing has to be joined.")
    _multi_worker()


def choose() -> Devices:
    """Returns what there is: all GPUs of all hosts that were joined, else of this one, else the CPU.

    `CUDA_VISIBLE_DEVICES` hides GPUs, as everywhere. A `tf.distribute` strategy in whose scope this is
    called, or a `keras.distribution` that is set, is kept. With torch it is the one device that Keras uses.

    Raises:
        ValueError: The backend does not train.
    """
    backend = keras.backend.backend()
    found = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}.get(backend)
    if found is None:
        raise ValueError(
            f"The backend {backend} does not train; tensorflow, jax and torch do: set KERAS_BACKEND to one "
            "of them before Keras is imported."
        )
    return found()


def _tensorflow() -> Devices:
    import tensorflow as tf

    if tf.distribute.has_strategy():
        strategy = tf.distribute.get_strategy()
    elif _workers() > 1:
        strategy = _multi_worker()
    else:
        kind = "GPU" if tf.config.list_logical_devices("GPU") else "CPU"
        devices = [device.name for device in tf.config.list_logical_devices(kind)]
        if len(devices) == 1:
            return Devices(name=_tensorflow_name(tf, kind), kind=kind)
        strategy = tf.distribute.MirroredStrategy(devices)
    kind = "GPU" if tf.config.list_logical_devices("GPU") else "CPU"
    count = strategy.num_replicas_in_sync
    resolver = strategy.cluster_resolver
    alone = resolver is None or not getattr(resolver, "task_type", None)
    return Devices(
        name=f"{count} × {_tensorflow_name(tf, kind)} by {_strategy_name(strategy)}",
        kind=kind,
        count=count,
        scope=strategy.scope,
        is_chief=alone or resolver.task_type == "chief" or resolver.task_id == 0,
        hosts=1 if alone else _workers(),
        training_data=divided_by_images,
        test_data=divided_by_images,
    )


def _jax() -> Devices:
    import jax

    found = jax.devices()
    kind = found[0].platform.upper()
    name = _cpu() if kind == "CPU" else found[0].device_kind
    if len(found) == 1:
        return Devices(name=name, kind=kind)
    distribution = keras.distribution.distribution() or keras.distribution.DataParallel(
        auto_shard_dataset=False
    )
    part = {"multiple": len(found), "host": jax.process_index(), "hosts": jax.process_count()}
    return Devices(
        name=f"{len(found)} × {name} by {type(distribution).__name__}",
        kind=kind,
        count=len(found),
        scope=distribution.scope,
        is_chief=jax.process_index() == 0,
        hosts=jax.process_count(),
        training_data=partial(even, **part),
        test_data=partial(filled, **part),
    )


def _torch() -> Devices:
    import torch

    device = keras.ops.zeros(()).device  # where Keras puts what it makes
    if device.type == "cpu":
        return Devices(name=_cpu(), kind="CPU")
    if device.type == "cuda":
        return Devices(name=torch.cuda.get_device_name(device), kind="GPU")
    return Devices(name=f"{device.type.upper()} device", kind=device.type.upper())


def _workers() -> int:
    cluster = json.loads(os.environ.get("TF_CONFIG") or "{}").get("cluster", {})
    return sum(len(cluster.get(job, ())) for job in ("chief", "worker"))


def _multi_worker() -> Any:
    """Returns the strategy of all workers, which can be made once, and only before anything else."""
    import tensorflow as tf

    if "strategy" not in _joined:
        try:
            _joined["strategy"] = tf.distribute.MultiWorkerMirroredStrategy()
        except RuntimeError as error:
            raise ValueError(
                f"TF_CONFIG names {_workers()} workers, but TensorFlow has been used before they were "
                "joined. Call cvlabs.train.join_hosts() first in the program, before any model is built. "
                f"({error})"
            ) from error
    return _joined["strategy"]


def _strategy_name(strategy: Any) -> str:
    name = type(strategy).__name__
    return "MultiWorkerMirroredStrategy" if name.startswith("CollectiveAllReduce") else name


def _tensorflow_name(tf: Any, kind: str) -> str:
    if kind == "CPU":
        return _cpu()
    details = tf.config.experimental.get_device_details(tf.config.list_physical_devices("GPU")[0])
    return str(details.get("device_name", "GPU"))


def _cpu() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return f"CPU ({counted(cores, 'core')})"
