"""Updates through a database that processes share: stored, claimed, marked and done, by one process and by more.

``python -m benchmarks.sharing postgresql://… [--updates 2000] [--processes 1 2]``: each process stores its part of the
updates, in chats of three each, and then claims and finishes whatever it gets, its four threads as the bot does, until
all are done. Nothing is answered: that is what the state alone allows. The database is left with the updates' ids.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from typing import Final

from bot.state.store import Store
from bot.state.values import StoredUpdate

_THREADS: Final = 4
_TOGETHER: Final = 4  # claimed at a time, as in bot.sharing
_PAYLOAD: Final = json.dumps({"update_id": 1, "message": {"text": "كم بلغت نسبة المنازل؟", "date": 0}}) * 4


def main() -> int:
    """Prints updates a second for each number of processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--updates", type=int, default=2000)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    Store.open(given.url).close()
    for number in given.processes:
        bot = time.time_ns() % 2**40
        barrier = multiprocessing.Barrier(number + 1)
        parts = [(given.url, bot, range(part, given.updates, number)) for part in range(number)]
        working = [multiprocessing.Process(target=_work, args=(part, barrier)) for part in parts]
        for each in working:
            each.start()
        stored = _timed(barrier)
        done = _timed(barrier)
        for each in working:
            each.join()
        print(
            f"{number} process(es) on {os.cpu_count()} processors: "
            f"{given.updates / stored:.0f} stored a second, {given.updates / done:.0f} claimed and done a second"
        )
    return 0


def _timed(barrier: Barrier) -> float:
    barrier.wait()
    begun = time.perf_counter()
    barrier.wait()
    return time.perf_counter() - begun


def _work(part: tuple[str, int, range], barrier: Barrier) -> None:
    url, bot, numbers = part
    with Store.open(url) as store, ThreadPoolExecutor(_THREADS) as threads:
        barrier.wait()
        list(threads.map(lambda number: store.updates.add(bot, number, number // 3, _PAYLOAD, now=1.0), numbers))
        barrier.wait()
        barrier.wait()
        while store.updates.pending(bot):
            list(threads.map(lambda _: _finish(store, bot), range(_THREADS)))
        barrier.wait()


def _finish(store: Store, bot: int) -> None:
    """Claims and finishes until nothing is left to claim."""

    def finish(each: StoredUpdate) -> None:
        store.updates.sending(bot, each.update_id, after=1, owner=os.getpid())
        store.updates.done(bot, each.update_id)

    while claimed := store.updates.claim(bot, os.getpid(), most=_TOGETHER):
        for each in claimed:
            finish(each)


if __name__ == "__main__":
    sys.exit(main())
