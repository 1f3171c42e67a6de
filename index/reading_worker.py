"""A process that reads one file after another, and may die of any of them.

The parent owns the time: it ends a worker that is over its limit. Should the parent itself be killed,
an idle worker sees its pipe close, a busy one is ended by a thread that waits for the parent, or, if
a library never lets that thread run, by its alarm clock.
"""

from __future__ import annotations

import logging
import math
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import TypeAlias

from index.document import Extracted
from index.errors import SourceError
from index.protocols import Format
from index.reasons import Reason

Factory: TypeAlias = Callable[[], Format]

SECONDS_TO_START = 60.0
SECONDS_OF_GRACE = 5.0
"""How long after the time limit a worker that nobody ends any more ends itself."""
SECONDS_TO_DIE = 0.5
"""How long a worker that closed its pipe may take to leave its exit status."""

_BOOKKEEPING = threading.Lock()  # starting one process also reaps others: not while they are waited for


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What reading one file may take: bytes of address space, and seconds."""

    memory: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of reading a file, and whether the process that did it is fit to read another."""

    result: Extracted | SourceError
    fit: bool = True


def attempt(factory: Factory, name: str, content: bytes) -> Attempt:
    """Read a file in this process; whatever its library raises is the reason why it is not taken."""
    try:
        return Attempt(factory().read(content, name=name))
    except SourceError as error:
        return Attempt(error)
    except MemoryError:
        return Attempt(SourceError(name, Reason.TOO_MUCH_MEMORY), fit=False)
    except Exception as error:  # a library met something its authors did not think of
        return Attempt(SourceError(name, Reason.READER_FAILED, error=type(error).__name__))


class ReadingWorker:
    """One worker process, started when there is something to read and replaced when it died."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._limits = limits
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._stopped = False

    def read(self, factory: Factory, name: str, content: bytes) -> Extracted | SourceError:
        """The outcome of reading a file; a file that kills the worker or hangs is a SourceError too."""
        try:
            pipe = self._pipe or self._start()
        except (EOFError, OSError):
            return self._failure(name, Reason.READER_NOT_STARTED)
        try:
            outcome = self._ask(pipe, factory, name, content)
        except (EOFError, OSError):
            return self._failure(name, Reason.READER_CRASHED)
        except BaseException:  # an interrupt: what the worker would answer belongs to no one
            self.end()
            raise
        if not outcome.fit:
            self.end()
        return outcome.result

    def stop(self) -> None:
        """Kill the process for good, from any thread; one that waits for its answer gets none."""
        with _BOOKKEEPING:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def end(self) -> int:
        """Kill the process and forget it; the exit status it has left, less than 0 for a signal."""
        process, pipe = self._process, self._pipe
        with _BOOKKEEPING:
            self._process = self._pipe = None
            if pipe is not None:
                pipe.close()
            if process is None:
                return 0
            process.join(SECONDS_TO_DIE)
            process.kill()
            process.join()
            return process.exitcode or 0

    def _failure(self, name: str, reason: Reason) -> SourceError:
        status = self.end()
        if self._stopped:
            return SourceError(name, Reason.READING_STOPPED)
        return SourceError(name, reason, status=f"signal {-status}" if status < 0 else f"exit status {status}")

    def _ask(self, pipe: Connection, factory: Factory, name: str, content: bytes) -> Attempt:
        pipe.send((factory, name))
        pipe.send_bytes(content)
        if not pipe.poll(self._limits.seconds):
            return Attempt(SourceError(name, Reason.TOO_SLOW, seconds=math.ceil(self._limits.seconds)), fit=False)
        answer = pipe.recv()
        assert isinstance(answer, Attempt)
        return answer

    def _start(self) -> Connection:
        spawn = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks and all memory
        pipe, far_end = spawn.Pipe()
        process = spawn.Process(target=_work, args=(far_end, self._limits), daemon=True, name="reader")
        with _BOOKKEEPING:
            if self._stopped:
                raise EOFError
            process.start()
            self._process, self._pipe = process, pipe
        far_end.close()  # so that the pipe ends when the worker does
        if not pipe.poll(SECONDS_TO_START):
            raise EOFError
        pipe.recv()
        return pipe


def _work(pipe: Connection, limits: WorkerLimits) -> None:
    """Answer questions until the pipe ends: the life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt ends
    logging.disable()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    try:
        pipe.send("ready")
        while True:
            pipe.send(_answer(pipe, limits))
    except (EOFError, OSError):
        return  # the parent is gone, or wants no more


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(pipe: Connection, limits: WorkerLimits) -> Attempt:
    factory, name = pipe.recv()
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + SECONDS_OF_GRACE)
    try:
        return attempt(factory, name, pipe.recv_bytes())
    except MemoryError:
        return Attempt(SourceError(name, Reason.TOO_MUCH_MEMORY), fit=False)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
