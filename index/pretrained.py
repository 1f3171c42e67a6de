"""What embedders and rerankers of others have in common: loading them through sentence-transformers.

Importing this file imports neither that library nor PyTorch, which takes seconds: loading a model does.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from index.errors import ModelUnavailable

if TYPE_CHECKING:
    from sentence_transformers.base.model import BaseModel

    Model = TypeVar("Model", bound=BaseModel)

AUTO: Final = "auto"

_HUB_SECONDS: Final = 5.0  # a hub that takes longer to say that it has a model is taken to be out of reach
_SERVER_FAILS: Final = 500  # HTTP status codes from here on


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a model computes, and how much at once."""

    device: str = AUTO
    """``cpu``, ``cuda``, ``cuda:1``, …; ``auto`` takes a GPU where there is one."""
    batch_size: int = 32
    """Texts, or pairs of texts, that go through the model together."""


def load(make: Callable[..., Model], name: str, device: str, refusal: type[ModelUnavailable]) -> Model:
    """The model that the class ``make`` loads from the folder ``name``, or else from the hub under that name.

    Code that lies in a model's folder is never run.

    Raises:
        refusal: it cannot be found or read, or ``device`` is not there.
    """
    _quiet()
    chosen = None if device == AUTO else _existing(device, name, refusal)
    here_only = Path(name).exists() or not _hub_answers(name)
    try:
        return make(name, device=chosen, local_files_only=here_only)
    except Exception as error:  # the library raises whatever its many loaders raise
        advice = "" if Path(name).exists() else " (no folder has this name; without a network, name that of a copy)"
        raise refusal(name, _first_line(error) + advice) from error


def _hub_answers(name: str) -> bool:
    """Whether the hub can be asked for the model now; if not, what its cache on this machine holds is all there is.

    Asked once and briefly: loading asks for file after file, five times each, which takes a minute to fail.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        HfApi().model_info(name, timeout=_HUB_SECONDS)
    except HfHubHTTPError as error:
        return error.response.status_code < _SERVER_FAILS  # it answers, if only that there is no such model
    except Exception:  # its transport raises errors of its own, others in other versions
        return False
    return True


def _existing(device: str, name: str, refusal: type[ModelUnavailable]) -> str:
    import torch

    try:
        torch.empty(0, device=device)
    except Exception as error:  # each kind of device has its own
        reason = f"PyTorch cannot use DALIL_DEVICE = {device} here ({_first_line(error)})"
        raise refusal(name, reason) from error
    return device


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")


def _quiet() -> None:
    """Keeps bars and reports of loading from standard error: what is wrong is said in one line, by us."""
    from huggingface_hub.utils import logging as of_the_hub
    from transformers.utils import logging as of_transformers

    of_the_hub.set_verbosity_error()  # type: ignore[no-untyped-call]
    of_transformers.disable_progress_bar()  # type: ignore[no-untyped-call]
    of_transformers.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)


def base_name(name: str) -> str:
    """The name that a model goes by: the last part of ``name``, or of its hub name if this is the hub's cache."""
    path = Path(name)
    if path.parent.name == "snapshots":  # …/models--OWNER--NAME/snapshots/REVISION
        return path.parents[1].name.rpartition("--")[2]
    return path.name


def missing_weights(model: BaseModel) -> list[str]:
    """The weights that the model's files do not hold, and that the library therefore filled with random numbers.

    Transformers marks each weight that it reads; a version that marks none is taken at its word.
    """
    network = model.transformers_model
    read = {name: hasattr(each, "_is_hf_initialized") for name, each in network.named_parameters()} if network else {}
    return [name for name, was_read in read.items() if not was_read] if any(read.values()) else []


def fingerprint(model: BaseModel, settings: object) -> str:
    """Twelve hex digits over all that decides what a model computes: ``settings``, modules, vocabulary, every weight.

    SHA-256 reads 1.7 GB/s, a small part of what loading takes. Weights that no file holds are left out: they are
    other random numbers each time.
    """
    import torch

    unread = tuple(missing_weights(model))
    digest = hashlib.sha256(f"{settings} {model.max_seq_length} {model} {_vocabulary(model)}".encode())
    for key, weights in sorted(model.state_dict().items()):
        if not key.endswith(unread):
            digest.update(f"{key} {tuple(weights.shape)} {weights.dtype}".encode())
            digest.update(weights.cpu().contiguous().flatten().view(torch.uint8).numpy())
    return digest.hexdigest()[:12]


def _vocabulary(model: BaseModel) -> str:
    """How the model's tokenizer turns text into numbers; a model without one does so by its modules alone."""
    tokenizer: Any = getattr(model[0], "tokenizer", None)
    backend = getattr(tokenizer, "backend_tokenizer", tokenizer)
    if hasattr(backend, "to_str"):
        return str(backend.to_str())  # normalizing, splitting and every piece, as in tokenizer.json
    if hasattr(tokenizer, "get_vocab"):
        return f"{type(tokenizer)} {sorted(tokenizer.get_vocab().items())}"
    return ""
