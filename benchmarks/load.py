"""Many chats ask at once, with Telegram's limits on: ``python -m benchmarks.load [--chats 200] [--questions 3]``.

The real application runs in a process of its own against a double of the Bot API. Each chat asks its questions at the
same moment; measured is the time from a question to its answer standing in the chat. Telegram takes 30 messages a
second from a bot and five in five seconds for one person, so most of that time is spent waiting: ``limit`` tells what
it would be were answers made in no time, ``taken_up`` what it is from when a chat's earlier questions are answered.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tests.bot.command import dalil
from tests.bot.played.process import Running, running
from tests.reports import SEEDS
from tests.telegram.accounts import Account
from tests.telegram.chats import Chat
from tests.telegram.double import Double
from tests.telegram.limits import Rates
from tests.telegram.messages import Message
from tests.telegram.people import Person

RESULT: Final = Path(__file__).parent / "results" / "load.json"
SECONDS: Final = 600.0  # after which an answer counts as lost
QUESTION: Final = "كم بلغت نسبة المنازل التي تستخدم الإنترنت عبر الألياف الضوئية في لونغ آن؟"


@dataclass(frozen=True)
class Load:
    """What was measured; times in seconds."""

    chats: int
    questions: int
    lost: int
    twice: int
    out_of_order: int
    refused: int
    too_many: int
    seconds: float
    per_second: float
    p50: float
    p95: float
    longest: float
    waiting_share: float  # of the time until the last answer that Telegram's limit of 30 a second alone takes
    limit_p50: float
    limit_p95: float
    taken_up_p50: float
    taken_up_p95: float
    machine: str


def main() -> int:
    """Plays the load, prints what it shows and writes it down; 1 if anything was lost, twice or out of order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--questions", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Double() as double:
        data = Path(folder) / "data"
        done = dalil("--data", data, "index", SEEDS)
        if done.code:
            print(done.err, file=sys.stderr)
            return 1
        load = played(double, data, options.chats, options.questions)
    for name, value in asdict(load).items():
        print(f"{name:>14} {value}")
    RESULT.write_text(json.dumps(asdict(load), indent=2) + "\n", encoding="utf-8")
    return 1 if load.lost or load.twice or load.out_of_order or load.refused else 0


def played(double: Double, data: Path, chats: int, questions: int) -> Load:
    """All chats ask all their questions at once."""
    bot = double.bot()
    people = [double.person() for _ in range(chats)]
    for person in people:
        person.private(bot)
    with running(double, bot, data, DALIL_PERSON_PER_MINUTE=str(100 * questions)) as served:
        _warmed_up(double, double.person())
        double.limits(Rates())
        began = time.time()
        asked: dict[Person, list[Message]] = {person: [] for person in people}
        for _ in range(questions):
            for person in people:
                asked[person].append(person.says(QUESTION))
        _wait(double, [person.private() for person in people], questions)
        seconds = time.time() - began
        return _measured(double, bot, asked, served, began, seconds)


def _warmed_up(double: Double, person: Person) -> None:
    person.says(QUESTION)
    double.wait_for(lambda: person.private().last_answer, 60)


def _wait(double: Double, chats: list[Chat], questions: int) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with double.world.lock:
            if all(len(chat.bot_messages) >= questions for chat in chats):
                return
        time.sleep(0.05)


def _measured(
    double: Double, bot: Account, asked: dict[Person, list[Message]], served: Running, began: float, seconds: float
) -> Load:
    waited, lost, twice, disorder = [], 0, 0, 0
    for person, questions in asked.items():
        replies = {message.reply_to_id: message.versions[0].at for message in person.private().bot_messages}
        order = [message.reply_to_id for message in person.private().bot_messages]
        lost += sum(question.id not in replies for question in questions)
        twice += len(order) - len(set(order))
        disorder += order != sorted(order, key=lambda number: number or 0)
        waited += [replies[each.id] - each.versions[0].at for each in questions if each.id in replies]
    taken_up = [event["milliseconds"] / 1000 for event in served.log if event["event"] == "answered"]
    least = _least(len(asked), len(waited) // max(1, len(asked)))
    return Load(
        chats=len(asked),
        questions=len(waited) + lost,
        lost=lost,
        twice=twice,
        out_of_order=disorder,
        refused=len(double.refusals) + len(double.early_returns),
        too_many=sum(exchange.status == 429 for exchange in double.exchanges),
        seconds=round(seconds, 2),
        per_second=round(len(waited) / seconds, 1),
        p50=_quantile(waited, 50),
        p95=_quantile(waited, 95),
        longest=round(max(waited), 2),
        waiting_share=round(max(least) / seconds, 2),
        limit_p50=_quantile(least, 50),
        limit_p95=_quantile(least, 95),
        taken_up_p50=_quantile(taken_up, 50),
        taken_up_p95=_quantile(taken_up, 95),
        machine=f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}",
    )


def _least(chats: int, questions: int) -> list[float]:
    """The least times from question to answer that 30 messages a second allow, were answers made in no time."""
    overall = Rates().overall
    assert overall is not None
    return [overall.seconds * (place // overall.count) for place in range(chats * questions)]


def _quantile(values: list[float], percent: int) -> float:
    return round(statistics.quantiles(values, n=100)[percent - 1], 3)


if __name__ == "__main__":
    sys.exit(main())
