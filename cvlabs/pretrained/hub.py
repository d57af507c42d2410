"""Published weights from the Hugging Face hub, through its own library: cached, resumed, checked."""

from pathlib import Path

from cvlabs.facts import list_models, model_info
from cvlabs.pretrained.read import first_line, require

FILE = "model.safetensors"


def download(network: str) -> Path:
    """Returns the path of a network's published weights, downloaded if they are not in the cache.

    Args:
        network: Name of the network.

    Raises:
        ValueError: No weights are published under a stable name, the hub cannot be reached, or the library
        for
            it is not installed. The message says which file to get and where to put it.
    """
    repository = model_info(network).weights
    if repository is None:
        having = [name for name in list_models() if model_info(name).weights]
        raise ValueError(
            f"No weights for {network} are published under a stable name; there are for: {', '.join(having)}."
        )
    require("huggingface_hub", 'weights="imagenet"')
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(hf_hub_download(repository, FILE))
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError) as error:
        reason = first_line(error)
        raise ValueError(
            f"The weights of {network} could not be downloaded ({type(error).__name__}: {reason}). Get the "
            f"file {FILE} of the repository {repository} on the Hugging Face hub, on another machine if need "
            f'be, and pass its path: weights="{FILE}".'
        ) from error
