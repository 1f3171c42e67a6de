"""What a job asks for and what came of it, as they are kept in the state."""

from __future__ import annotations

import time
from typing import Final, TypedDict

from bot.shelf.proposing import Change
from bot.state.values import Job, JsonObject, new_answer_id

KIND: Final = "change"
MOST_ATTEMPTS: Final = 3
"""How often a job is begun whose process died, or whose library another build changed meanwhile."""


class Refused(TypedDict):
    """A document that was not taken, and why: in English, and as a code with its values."""

    document: str
    reason: str
    cause: JsonObject


class Result(TypedDict, total=False):
    """What a build did: all counts of its generation, and the questions that it answers worse."""

    documents: int
    passages: int
    embedded: int
    seconds: float
    unchanged: bool
    refused: list[Refused]
    failed: list[str]


class UnderWay(Exception):
    """A job that is not over publishes the staged document that is to be changed."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"the job {job.id} publishes it: stop that first")
        self.job = job


def new_job(change: Change, by: int | None) -> Job:
    """A job that asks for ``change``."""
    request: JsonObject = {"publish": list(change.publish), "withdraw": list(change.withdraw)}
    return Job(new_answer_id(), KIND, by, time.time(), request)


def change_of(job: Job) -> Change:
    """What a job asks for."""
    return Change(tuple(job.request["publish"]), tuple(job.request["withdraw"]))
