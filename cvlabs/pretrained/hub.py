"""Published weights from the Hugging Face hub, through its own library: cached, resumed, checked."""

import hashlib
import re
from pathlib import Path

from cvlabs.facts import list_models, model_info
from cvlabs.pretrained.read import first_line, require

FILE = "model.safetensors"


def download(network: str) -> Path:
    """Returns the path of a network's published weights, downloaded if they are not in the cache.

    Args:
        network: Name of the network.

    Raises:
        ValueError: No weights are published under a stable name, the hub cannot be reached, what came is
            damaged, or the library for it is not installed. The message says which file to get and where to
            put it.
    """
    repository = model_info(network).weights
    if repository is None:
        having = [name for name in list_models() if model_info(name).weights]
        raise ValueError(
            f"No weights for {network} are published under a stable name; there are for: {', '.join(having)}."
        )
    require("huggingface_hub", 'weights="imagenet"')
    from huggingface_hub.errors import HTTPError

    try:
        path, name = _fetch(repository)
    except (HTTPError, OSError) as error:
        reason = first_line(error)
        raise ValueError(
            f"The weights of {network} could not be downloaded ({type(error).__name__}: {reason}). Get the "
            f"file {FILE} of the repository {repository} on the Hugging Face hub, on another machine if need "
            f'be, and pass its path: weights="{FILE}".'
        ) from error
    _check(path, name)
    return path


def _fetch(repository: str) -> tuple[Path, str]:
    """Returns the file, and the name that the hub gives to its content."""
    from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url
    from huggingface_hub.errors import HTTPError, LocalEntryNotFoundError

    try:  # one question first: the library alone would try for 23 seconds before it says that there is no way
        content = get_hf_file_metadata(hf_hub_url(repository, FILE)).etag
    except (HTTPError, OSError) as error:
        try:
            path = Path(hf_hub_download(repository, FILE, local_files_only=True))
        except LocalEntryNotFoundError:
            raise error from None
        return path, path.readlink().name if path.is_symlink() else ""
    return Path(hf_hub_download(repository, FILE)), content or ""


def _check(path: Path, content: str) -> None:
    """Compares the file with its SHA-256, the hub's name of it; the library compares sizes only."""
    if not re.fullmatch("[0-9a-f]{64}", content):
        return
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != content:
        raise ValueError(
            f"The downloaded file {path.resolve()} is damaged: its SHA-256 is {found}, and should be "
            f"{content}. Delete it and try again."
        )
