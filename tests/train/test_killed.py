"""A process that is killed, and a disk that is full."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from test_resume import At, often, same, train  # noqa: F401

from cvlabs.train import checkpoint
from cvlabs.train import training as loop

PROGRAM = """
import sys, time
from cvlabs.train import fit, training
from small import images, network
training.SECONDS_BETWEEN, training.SHARE_OF_TIME = -1, 1e9
training.Progress.is_due = lambda self: time.sleep(float(sys.argv[3])) or True
fit(network(), images(), images(30, seed=1), recipe="fast_cifar", epochs=int(sys.argv[2]), batch_size=16,
    output=sys.argv[1], verbose=False)
"""


@pytest.mark.slow
def test_a_process_killed_at_any_moment_leaves_a_whole_checkpoint(tmp_path):
    """The training goes on in three lives, and each has a state that can be read."""
    steps = []
    for life in range(3):
        process = _started(tmp_path, epochs=400)
        try:
            _until(lambda: _step(tmp_path) > (steps[-1] if steps else 0) + 5, process)
            time.sleep(0.1 * life)
        finally:
            process.kill()
            process.wait()
        found = checkpoint.latest(tmp_path)
        steps.append(found.facts["epoch"] * 6 + found.facts["batch"])
        assert len(found.facts["history"]) == found.facts["epoch"]
        assert all(np.isfinite(x).all() for x in found.arrays.values())
    assert steps == sorted(set(steps))


@pytest.mark.slow
@pytest.mark.parametrize("onednn", ["0", "1"])
def test_what_was_killed_ends_with_the_weights_of_an_undisturbed_training(tmp_path, monkeypatch, onednn):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", onednn)
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    assert _started(undisturbed, epochs=30).wait() == 0
    for step in (3, 32):
        process = _started(killed, epochs=30, pause=0.1)  # or it could be at its end when it is killed
        try:
            _until(lambda step=step: _step(killed) >= step, process)
        finally:
            process.kill()
            process.wait()
    assert 32 <= _step(killed) < 180
    assert _started(killed, epochs=30).wait() == 0
    expected, found = (checkpoint.latest(folder).arrays for folder in (undisturbed, killed))
    assert expected.keys() == found.keys()
    for name in expected:
        np.testing.assert_array_equal(found[name], expected[name], err_msg=name)


def _started(output, epochs, pause=0):
    here = Path(__file__).parent
    path = os.pathsep.join([str(here.parents[1]), str(here)])
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, output, str(epochs), str(pause)],
        env=os.environ | {"PYTHONPATH": path, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )


def _step(output):
    names = [path.stem for path in (output / "checkpoints").glob("step-*.npz")]
    return max((int(name.removeprefix("step-")) for name in names), default=0)


def _until(is_so, process):
    while not is_so():
        assert process.poll() is None
        time.sleep(0.05)


def limit(size):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


@pytest.fixture
def lifted():
    yield
    limit(None)


@pytest.mark.usefixtures("lifted", "often")
def test_a_full_disk_costs_nothing_that_was_written(tmp_path, capsys):
    undisturbed = train()
    with pytest.raises(OSError, match=r"File too large|No space"):
        train(tmp_path, callbacks=[At(8, lambda: limit(500))], verbose=True)
    limit(None)
    assert "No checkpoint at step 9" in capsys.readouterr().out
    assert [path.name for path in sorted((tmp_path / "checkpoints").iterdir())] == [
        "step-000000007.npz",
        "step-000000008.npz",
    ]
    assert same(undisturbed, train(tmp_path, seed=1))


def test_a_damaged_checkpoint_is_passed_over(tmp_path):
    for step in (1, 2, 3):
        checkpoint.write(tmp_path, step, {"a": np.full(1000, step)}, {"step": step})
    last = tmp_path / "checkpoints" / "step-000000003.npz"
    assert len(list(last.parent.iterdir())) == 2
    whole = last.read_bytes()
    for broken in (whole[:100], whole[:-10], whole[:2000] + b"?" + whole[2001:], b""):
        last.write_bytes(broken)
        found = checkpoint.latest(tmp_path)
        assert found.facts == {"step": 2}
        assert (found.arrays["a"] == 2).all()
    last.write_bytes(whole)
    assert checkpoint.latest(tmp_path).facts == {"step": 3}
    assert checkpoint.latest(tmp_path / "nothing") is None


def test_often_is_bounded_by_what_writing_costs(tmp_path, monkeypatch):
    """A checkpoint that takes long is written less often than after each epoch."""
    monkeypatch.setattr(loop, "SHARE_OF_TIME", 1e-9)
    written = []
    monkeypatch.setattr(checkpoint, "write", lambda output, step, *_: written.append(step))
    train(tmp_path)
    assert written == [0, 18]
