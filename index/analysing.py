"""The part of indexing that keeps a processor busy: words become terms, passages become vectors.

Much of it is done in worker processes, while this one reads files and fills the stores: Python runs on one
processor at a time.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from loky import ProcessPoolExecutor

from index.analysis import analysed
from index.protocols import Embedder, LexicalRow
from index.stores.terms import lexical_row

BATCH: Final = 256
"""Passages analysed at a time."""

_ALONE: Final = 2_000  # passages analysed here before workers are started: takes about as long as starting one
_MOST_WORKERS: Final = 4  # more would wait for this process, which reads files and fills the stores
_LOOKED_AFTER: Final = 0.5  # seconds
_AHEAD: Final = 2  # batches a worker, so that none waits


class Task(NamedTuple):
    """Passages of one document, in the rows ``rows`` of the index. ``heading``: folded words of its title and place."""

    rows: range
    texts: Sequence[str]
    heading: Sequence[str]
    embed: bool


class Analysed(NamedTuple):
    """What a task's passages are indexed under; ``vectors``, shape (passages, dimension), if they were to be made."""

    words: list[LexicalRow]
    vectors: npt.NDArray[np.float16] | None


def analyse(tasks: Sequence[Task], embedder: Embedder) -> list[Analysed]:
    """The terms of all passages, and the vectors of those that want one, embedded together."""
    results, embedded = [], 0
    texts = [text for task in tasks if task.embed for text in task.texts]
    vectors = embedder.embed_passages(texts).astype(np.float16) if texts else None
    for task in tasks:
        words = [lexical_row(analysed(text), task.heading) for text in task.texts]
        if task.embed and vectors is not None:
            results.append(Analysed(words, vectors[embedded : embedded + len(words)]))
            embedded += len(words)
        else:
            results.append(Analysed(words, None))
    return results


class Analysts:
    """Takes tasks and gives the results in the same order."""

    def __init__(self, embedder: Embedder, *, alone: int = _ALONE) -> None:
        """``alone``: how many passages are analysed in this process before workers are started."""
        self._embedder = embedder
        processors = os.cpu_count() or 1
        self._workers = min(_MOST_WORKERS, processors) if embedder.is_light and processors > 1 else 0
        self._alone = alone if self._workers else None
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[tuple[Sequence[Task], Callable[[], list[Analysed]]]] = deque()

    def close(self) -> None:
        """Ends the workers."""
        if self._pool:
            self._pool.shutdown(kill_workers=True)

    def submit(self, tasks: Sequence[Task]) -> None:
        """Begins to analyse a batch."""
        if self._alone is None or self._alone > 0:
            self._alone = self._alone and self._alone - sum(len(task.texts) for task in tasks)
            self._waiting.append((tasks, partial(analyse, tasks, self._embedder)))
        else:
            self._pool = self._pool or self._started()
            self._waiting.append((tasks, self._pool.submit(_analyse_here, tasks).result))

    def results(self, *, everything: bool = False) -> Iterator[tuple[Task, Analysed]]:
        """What is analysed; waits until few enough batches are under way, or none if ``everything`` is wanted.

        Raises:
            BrokenProcessPool: a worker was ended from outside.
        """
        while len(self._waiting) > (0 if everything or not self._pool else _AHEAD * self._workers):
            tasks, result = self._waiting.popleft()
            yield from zip(tasks, result(), strict=True)

    def _started(self) -> ProcessPoolExecutor:
        # Loky's: it does not fork (which would copy the locks of the word index's threads), and unlike the standard
        # library's it does not run the program's main module again, which a script without a guard does not survive.
        return ProcessPoolExecutor(self._workers, initializer=_begin, initargs=(self._embedder, os.getpid()))


_here: dict[str, Embedder] = {}
"""In a worker: its copy of the embedder."""


def _begin(embedder: Embedder, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt ends
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    gc.disable()  # it would walk through all the words remembered; analysing makes no cycles
    _here["embedder"] = embedder


def _end_with(parent: int) -> None:
    """Ends this worker when its parent was killed and could not."""
    while os.getppid() == parent:
        time.sleep(_LOOKED_AFTER)
    os._exit(1)


def _analyse_here(tasks: Sequence[Task]) -> list[Analysed]:
    return analyse(tasks, _here["embedder"])
