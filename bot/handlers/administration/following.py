"""The message that follows an update: changed at most every three seconds, and taken up again after a restart."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from telegram import Message

from bot.administration_notices.changes import held, progress
from bot.buttons import Rendered
from bot.handlers.administration.office import Office
from bot.handling import patiently
from bot.phrases import PhraseName, Phrases, phrases
from bot.press import Press
from bot.services import words_for
from bot.state.jobs import ENDED
from bot.state.values import Job, JobState
from index.errors import DatabaseUnavailable

_EVERY: Final = 3.0  # seconds between two changes of a message
_LOOK: Final = 0.5  # seconds between two looks at an update
_TICK: Final = 60.0  # seconds after which it is seen whether somebody works
_SHARED_TICK: Final = 1.0  # the same where what is to be worked on was asked of another process
_LOOKED_BACK: Final = 100  # updates among which are those whose end was not told
_TO_BE_WORKED_ON: Final = (JobState.QUEUED, JobState.BUILDING, JobState.SWITCHING)


class Following:
    """What goes on beside the handlers: messages that follow updates, and the watch that somebody works on them."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._followed: set[str] = set()
        self._tick = _TICK if office.services.sharing is None else _SHARED_TICK

    async def start(self) -> None:
        """Takes up what was going on before the bot was started, or before it was this process's turn."""
        if self._office.services.sharing is None:
            await self._recover()
        else:
            self._office.tasks.begin(self._keep_following())
        self._office.tasks.begin(self._keep_working())

    async def _recover(self) -> None:
        await patiently(self._office.dalil.shelf.recover)
        await self._follow_all()

    async def _follow_all(self) -> None:
        for job in await patiently(self._office.store.jobs.newest, _LOOKED_BACK):
            if "message" in job.request and not job.request.get("told"):
                self.begin(job)

    async def _keep_following(self) -> None:
        """Follows what was asked of any process, as long as it is this one's turn."""
        had_turn = False
        while True:
            has_turn = self._office.services.leads
            if has_turn:
                await (self._follow_all() if had_turn else self._recover())
            had_turn = has_turn
            await asyncio.sleep(_SHARED_TICK)

    async def _keep_working(self) -> None:
        queue, jobs = self._office.queue, self._office.store.jobs
        is_to_be_tidied = await self._is_any_waiting()
        while True:
            if not self._office.services.leads:
                await asyncio.sleep(self._tick)
                continue
            is_to_be_done = bool(await patiently(jobs.in_state, *_TO_BE_WORKED_ON))
            if is_to_be_tidied or (is_to_be_done and not queue.is_worked_on()):
                await asyncio.to_thread(queue.start)
            is_to_be_tidied = False
            await asyncio.sleep(self._tick)

    async def _is_any_waiting(self) -> bool:
        """Whether a generation waits for a decision; asked until its database can be reached."""
        while True:
            try:
                return bool(await asyncio.to_thread(self._office.dalil.generations.waiting))
            except DatabaseUnavailable:
                await asyncio.sleep(self._tick)

    def begin(self, job: Job) -> None:
        """Lets the message that asked for an update follow it from now on; soon, if another process sees to it."""
        if self._office.services.leads and job.id not in self._followed:
            self._followed.add(job.id)
            self._office.tasks.begin(self._follow_once(job))

    def is_told_in(self, job: Job, message: Message) -> bool:
        """Whether a message is the one that follows an update that is not over."""
        where = (job.asked_by, job.request.get("message"))
        return where == (message.chat_id, message.message_id) and not job.request.get("told")

    async def _follow_once(self, job: Job) -> None:
        try:
            await self._follow(job)
        finally:
            self._followed.discard(job.id)

    async def _follow(self, job: Job) -> None:
        chat, message = job.asked_by, int(job.request["message"])
        words = phrases(job.request.get("language"))
        while chat is not None and self._office.services.leads:
            found = await patiently(self._office.store.jobs.get, job.id)
            if found is None:
                return
            if found.state is JobState.DONE:
                await self._office.catch_up()
            is_changed = await self._office.board.show(chat, message, await self.rendered(found, words))
            if is_changed is None or found.state in ENDED:
                await self._told(found)
                return
            await asyncio.sleep(_EVERY if is_changed else _LOOK)

    async def _told(self, job: Job) -> None:
        """Notes that a message need not be changed any more."""
        request = {**job.request, "told": True}
        await patiently(self._office.store.jobs.move, job.id, job.state, job.state, request=request)

    async def rendered(self, job: Job, words: Phrases) -> Rendered:
        """How an update stands."""
        before = await patiently(self._office.queue.before, job) if job.state is JobState.QUEUED else []
        undecided = any(each.state is JobState.WAITING for each in before)
        return progress(job, time.time(), words, before=len(before), undecided=undecided)

    async def held(self, job: Job, words: Phrases) -> Rendered:
        """That this update holds a file, and how it stands."""
        return held(await self.rendered(job, words), words)

    async def refuse(self, press: Press, job: Job) -> None:
        """Says so to whoever pressed a button that would change that file, and shows the update there."""
        await self._office.services.answer(press.query, PhraseName.STAGED_UNDER_WAY)
        if not self.is_told_in(job, press.message):
            shown = await self.held(job, words_for(press.asker))
            await self._office.board.show(press.message.chat_id, press.message.message_id, shown)
