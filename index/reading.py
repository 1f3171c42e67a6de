"""Reading files so that none of them can harm the run that indexes them.

The libraries that read pages, PDF and Word files are large, and files come from anywhere: one may
crash its library, never end, or unpack to more than there is memory. So each is read in a worker, a
process with a limit on its memory and a limit on its time; what happens there is the reason why one
file is not taken. Plain text needs no library and is read in place. Markdown is not: 0.9 MB of one
letter a paragraph takes 8 s and 500 MB to parse (markdown-it-py 4.3), and 64 MB would take it all.
"""

from __future__ import annotations

import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Self

from index.document import Extracted
from index.errors import SourceError
from index.formats import FORMATS
from index.protocols import Format
from index.reading_worker import ReadingWorker, WorkerLimits, attempt
from index.reasons import Reason

READ_IN_PLACE = frozenset({".txt"})
"""The kinds whose reading costs no more than a few times the size of the file."""

USUAL_LIMITS = WorkerLimits(memory=2 * 2**30, seconds=300.0)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file to be read. ``load`` gives its bytes when its turn comes, and may raise OSError."""

    name: str
    suffix: str
    load: Callable[[], bytes] = field(repr=False)


class ReadingRoom:
    """Reads files, up to ``workers`` at a time, each by the format of its suffix.

    Workers start when they are first needed, are used again for the next file, and are replaced after
    a crash. Any thread may call; leaving the room ends the workers.
    """

    def __init__(
        self,
        formats: Mapping[str, Callable[[], Format]] = FORMATS,
        *,
        limits: WorkerLimits = USUAL_LIMITS,
        workers: int | None = None,
    ) -> None:
        """``formats``: factories that a worker can import; ``workers``: as many as there are processors."""
        self._formats = formats
        self._workers = [ReadingWorker(limits) for _ in range(workers or os.cpu_count() or 1)]
        # Last in, first out: files read one after the other need one worker.
        self._idle: queue.LifoQueue[ReadingWorker] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.stop()
        idle = []
        with suppress(queue.Empty):  # those in use are ended by the threads that use them
            while True:
                idle.append(self._idle.get_nowait())
        for worker in idle:
            worker.end()
            self._idle.put(worker)

    def read(self, name: str, suffix: str, content: bytes) -> Extracted:
        """What the file holds; waits for a worker if all are busy.

        Raises:
            SourceError: the file cannot be read, whatever the reason.
        """
        outcome = self._outcome(name, suffix, content)
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    def read_many(self, files: Iterable[Unread]) -> Iterator[Extracted | SourceError]:
        """The outcome of each file in the order given; only a few are in memory at a time."""
        pool = ThreadPoolExecutor(len(self._workers), thread_name_prefix="reading")
        waiting: deque[Callable[[], Extracted | SourceError]] = deque()
        try:
            for file in files:
                if file.suffix in READ_IN_PLACE:  # a thread would only wait for this one
                    waiting.append(partial(self._loaded_outcome, file))
                else:
                    waiting.append(pool.submit(self._loaded_outcome, file).result)
                if len(waiting) >= 2 * len(self._workers):
                    yield waiting.popleft()()
            while waiting:
                yield waiting.popleft()()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _loaded_outcome(self, file: Unread) -> Extracted | SourceError:
        try:
            content = file.load()
        except OSError as error:
            return SourceError(file.name, Reason.CANNOT_BE_OPENED, text=error.strerror or type(error).__name__)
        return self._outcome(file.name, file.suffix, content)

    def _outcome(self, name: str, suffix: str, content: bytes) -> Extracted | SourceError:
        factory = self._formats.get(suffix)
        if factory is None:
            return SourceError(name, Reason.UNKNOWN_KIND, known=", ".join(sorted(self._formats)))
        if suffix in READ_IN_PLACE:
            return attempt(factory, name, content).result
        worker = self._idle.get()
        try:
            return worker.read(factory, name, content)
        finally:
            self._idle.put(worker)
