"""Published weights: from a hub on this machine that answers as the real one does."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cvlabs import save_weights
from cvlabs.facts import model_info
from cvlabs.models import MODELS

pytest.importorskip("huggingface_hub")
pytest.importorskip("safetensors")

COMMIT = "0" * 40
LOAD = """
import json, cvlabs, keras
try:
    model = cvlabs.create_model("resnet18", input_shape=(32, 32, 3), classes=5, weights="imagenet")
    kernel = keras.ops.convert_to_numpy(model.get_layer("stem_conv").kernel)
    print(json.dumps(["loaded", float(abs(kernel).sum())]))
except ValueError as error:
    print(json.dumps(["refused", str(error)]))
"""


class Hub(BaseHTTPRequestHandler):
    """Answers for the one file; `files` is set by the fixture."""

    def do_GET(self):
        self.answer(body=True)

    def do_HEAD(self):
        self.answer(body=False)

    def answer(self, body):
        self.server.asked.append((self.command, self.path))
        content = self.server.files.get(self.path)
        if content is None:
            self.send_response(404)
            self.send_header("X-Error-Code", "RepoNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(self.server.spoil(content))

    def log_message(self, *_):
        pass


@pytest.fixture
def hub():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.files, server.asked, server.spoil = {}, [], lambda content: content
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    path = tmp_path_factory.mktemp("hub") / "model.safetensors"
    model = MODELS["resnet18"](input_shape=(32, 32, 3), classes=5)
    save_weights(model, path)
    return path.read_bytes(), float(abs(model.get_layer("stem_conv").kernel.numpy()).sum())


def load(tmp_path, address, **environment):
    """Creates the model in a process of its own: the library reads its settings when it is imported."""
    settings = {
        "HF_ENDPOINT": address,
        "HF_HOME": str(tmp_path / "home"),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
        "HF_HUB_ETAG_TIMEOUT": "60",  # nothing here waits for them, unless the machine is busy
        "HF_HUB_DOWNLOAD_TIMEOUT": "60",
        "KERAS_BACKEND": "numpy",  # which starts sooner than TensorFlow
    }
    run = subprocess.run(
        [sys.executable, "-c", LOAD],
        env=os.environ | settings | environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout.splitlines()[-1])


def serve(hub, content):
    hub.files[f"/{model_info('resnet18').weights}/resolve/main/model.safetensors"] = content
    return f"http://127.0.0.1:{hub.server_port}"


def test_downloads_once_and_works_offline_after(hub, tmp_path, weights):
    content, total = weights
    address = serve(hub, content)
    assert load(tmp_path, address) == ["loaded", pytest.approx(total)]
    fetched = sum(method == "GET" for method, _ in hub.asked)
    assert fetched >= 1
    assert load(tmp_path, address, HF_HUB_OFFLINE="1") == ["loaded", pytest.approx(total)]
    assert sum(method == "GET" for method, _ in hub.asked) == fetched


def test_a_file_that_is_not_there_names_itself_and_the_way_out(hub, tmp_path):
    outcome, message = load(tmp_path, f"http://127.0.0.1:{hub.server_port}")
    assert outcome == "refused"
    assert "model.safetensors of the repository timm/resnet18.tv_in1k" in message
    assert 'weights="model.safetensors"' in message


@pytest.mark.parametrize(
    "spoil", [lambda c: c[:-1] + bytes([c[-1] ^ 1]), lambda c: c[:1000] + bytes(len(c) - 1000)]
)
def test_what_was_spoilt_on_the_way_is_refused_and_named(hub, tmp_path, weights, spoil):
    address = serve(hub, weights[0])
    hub.spoil = spoil
    outcome, message = load(tmp_path, address)
    assert outcome == "refused"
    assert "is damaged: its SHA-256 is" in message
    assert f"and should be {hashlib.sha256(weights[0]).hexdigest()}. Delete it" in message
    assert load(tmp_path, address, HF_HUB_OFFLINE="1") == [outcome, message]


def test_a_connection_that_breaks_off_is_told(hub, tmp_path, weights):
    address = serve(hub, weights[0])
    hub.spoil = lambda content: content[:1000]
    outcome, message = load(tmp_path, address)
    assert outcome == "refused"
    assert "model.safetensors of the repository timm/resnet18.tv_in1k" in message
    assert not list((tmp_path / "home").rglob("*.safetensors"))


def test_a_broken_connection_is_resumed(hub, tmp_path, weights):
    content, total = weights
    address = serve(hub, content)
    hub.spoil = lambda c: c[:1000] if sum(method == "GET" for method, _ in hub.asked) == 1 else c
    assert load(tmp_path, address) == ["loaded", pytest.approx(total)]


def test_without_a_server_it_is_said_at_once(tmp_path):
    outcome, message = load(tmp_path, "http://127.0.0.1:9")
    assert outcome == "refused"
    assert "model.safetensors of the repository timm/resnet18.tv_in1k" in message
    assert "refused" in message  # the connection: the library has not gone on to wait and ask again


def test_without_network_too(tmp_path):
    outcome, message = load(tmp_path, "http://127.0.0.1:9", HF_HUB_OFFLINE="1")
    assert outcome == "refused"
    assert "model.safetensors of the repository timm/resnet18.tv_in1k" in message
