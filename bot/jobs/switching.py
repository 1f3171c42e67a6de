"""Making the generation of a decided job live."""

from __future__ import annotations

import time

from bot.composition import Dalil
from bot.state.store import Store
from bot.state.values import Job, JobState


def switch(dalil: Dalil, store: Store, job: Job, number: int) -> None:
    """Lets the documents' folder and the live generation change together; the job was `SWITCHING` and is `DONE`.

    Raises:
        StaleProposal: the library has changed since it was built; the generation is dropped.
        IndexingError, OSError: it cannot be switched to, and is dropped.
    """
    generations = dalil.generations
    try:
        dalil.shelf.adopt(number, lambda: generations.admit(number))
    except BaseException:
        if generations.live() != number:  # else it is done but for what `Shelf.recover` still has to do
            generations.drop(number)
            raise
    store.jobs.move(job.id, JobState.SWITCHING, JobState.DONE, ended=time.time())
