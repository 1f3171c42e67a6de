"""Everything in the index that can be swapped, on one page.

Adding a format, a model or a store is one file, one line in its package's table and one row
in the tests that every implementation passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.document import Extracted

Vectors = npt.NDArray[np.float32]


class Format(Protocol):
    """Reads one kind of file."""

    def read(self, content: bytes, *, name: str) -> Extracted:
        """The text of a whole file, given as bytes; ``name`` serves error messages only.

        Raises:
            SourceError: the content cannot be read; the reason says why, and the page if it has one.
        """
        ...
