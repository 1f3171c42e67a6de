"""Any cross-encoder that sentence-transformers can load: it reads question and text together, and gives one score.

Importing sentence-transformers takes seconds, so it happens when a model is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import Final

import numpy as np

from index.errors import RerankerUnavailable
from index.pretrained import Machine, base_name, fingerprint, load, missing_weights

_SAMPLE: Final = ("دليل", "تقرير عن الاتصالات")  # unlike in length, so that they need padding in a batch


class CrossEncoderReranker:
    """Scores with a `CrossEncoder`."""

    def __init__(self, name: str, machine: Machine) -> None:
        """Loads the model called ``name`` (a hub name or a folder).

        Raises:
            RerankerUnavailable: it cannot be found or read, or it does not give one number a pair.
        """
        from sentence_transformers import CrossEncoder

        self._model = load(CrossEncoder, name, machine.device, RerankerUnavailable)
        self._batch_size = machine.batch_size
        self._one_at_a_time = Lock()  # tokenizers cannot be used by two threads
        self._refuse_other_models(name)
        self._name = base_name(name)

    @cached_property
    def identity(self) -> str:
        """The name and a fingerprint of all weights, which takes a second for a large model: only `status` asks."""
        return f"{self._name}@{fingerprint(self._model, self._model.prompts)}"

    def _refuse_other_models(self, name: str) -> None:
        # Of an embedder, the library makes a cross-encoder whose last layer is random.
        if missing := missing_weights(self._model):
            raise RerankerUnavailable(name, f"it is no cross-encoder: its files hold no {', '.join(missing[:2])}")
        if (labels := self._model.num_labels) != 1:
            raise RerankerUnavailable(name, f"it sorts pairs into {labels} classes; a reranker gives one score")
        try:
            scores = self.scores(_SAMPLE[0], _SAMPLE)
        except Exception as error:  # whatever the model's own code raises
            first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise RerankerUnavailable(name, f"it cannot score a pair: {first_line.rstrip('.')}") from error
        if not np.isfinite(scores).all():
            raise RerankerUnavailable(name, "its scores are not numbers: its weights are damaged")

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text: the better it answers, the higher."""
        from torch.nn import Identity

        with self._one_at_a_time:
            scores = self._model.predict(
                [(question, text) for text in texts],
                batch_size=self._batch_size,
                activation_fn=Identity(),  # the raw scores: squeezed between 0 and 1, the best ones become equal
                show_progress_bar=False,
            )
        return [float(score) for score in scores]
