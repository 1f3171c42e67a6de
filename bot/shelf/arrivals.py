"""What messages bring and say: kept with the staged documents, so that it holds whenever the process is killed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.shelf.files import checksum
from bot.shelf.sendings import Sending, agreed, fields, still_decided
from bot.shelf.staging import Incoming, Staged, Staging
from index.catalogue import Entry


class Arrivals:
    """Messages that bring documents. Those of an album agree with one another as soon as one of them is taken in."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging

    def receive(self, incoming: Incoming, sending: Sending) -> Staged:
        """Takes in what a message brought; if the same content is staged, the message is noted with that.

        Raises:
            TooLarge, OSError: as `Staging.add`.
        """
        with self._staging.locked():
            same = self.same(incoming.content)
            if same:
                staged = self._heard(same, sending)
            else:
                entry = agreed((sending,), self._mates((sending,)), Entry())
                staged = self._staging.add(replace(incoming, entry=entry, sending=sending))
            self._tell_mates(staged)
        return staged

    def same(self, content: bytes | Path) -> Staged | None:
        """The staged document of this content."""
        sha256 = hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else checksum(content)
        return next((each for each in self._staging.all() if each.sha256 == sha256), None)

    def reword(self, sending: Sending) -> Staged | None:
        """Takes over what a message says now, with its album; None if nothing staged came with it."""
        with self._staging.locked():
            for each in self._staging.all():
                if any(known.is_same(sending) and known.file == sending.file for known in each.sendings):
                    staged = self._heard(each, sending)
                    self._tell_mates(staged)
                    return staged
        return None

    def decide(self, staged_id: str, said: Entry) -> Staged:
        """Takes over what somebody says of a staged document apart from the messages that brought it.

        Raises:
            NotStaged: there is none.
        """
        with self._staging.locked():
            before = self._staging.get(staged_id)
            decided = Entry.model_validate(fields(_decided(before)) | fields(said))
            return self._staging.put(self._agreed(before.model_copy(update={"decided": decided})))

    def mark(self, group: str, **values: Any) -> None:
        """Changes what is known of the messages of a group."""
        with self._staging.locked():
            for each in self.of(group):
                marked = (
                    sending.model_copy(update=values) if sending.group == group else sending
                    for sending in each.sendings
                )
                self._staging.put(each.model_copy(update={"sendings": tuple(marked)}))

    def of(self, group: str) -> list[Staged]:
        """What a group of messages brought and is not published yet, in the order in which it came."""
        return [each for each in self._staging.all() if each.sent_in(group)]

    def known(self, sending: Sending) -> Sending | None:
        """A message as it is noted, if it brought something that is staged: the same file, if it has changed."""
        every = [each for staged in self._staging.all() for each in staged.sendings if each.is_same(sending)]
        return max(every, key=lambda each: each.file == sending.file, default=None)

    def shown_in(self, group: str) -> int | None:
        """The message of ours that shows what came in a group, if there is one."""
        every = (each for staged in self.of(group) for each in staged.sent_in(group))
        return next((each.shown for each in every if each.shown), None)

    def untold(self) -> dict[str, Sending]:
        """A message of each group of which nobody was shown yet what it brought."""
        every = (each for staged in self._staging.all() for each in staged.sendings)
        return {each.group: each for each in every if each.shown and not each.told}

    def _heard(self, staged: Staged, sending: Sending) -> Staged:
        """A staged document with a message that brought it, or that has other words now."""
        decided = _decided(staged)
        known = next((each for each in staged.sendings if each.is_same(sending)), None)
        if known:
            sending = sending.model_copy(update={"shown": known.shown})
            heard = tuple(sending if each is known else each for each in staged.sendings)
        else:
            heard = (*staged.sendings, sending)
        if known is None or (known.said, known.fault) != (sending.said, sending.fault):
            decided = still_decided(decided, sending)
        return self._staging.put(self._agreed(staged.model_copy(update={"sendings": heard, "decided": decided})))

    def _tell_mates(self, staged: Staged) -> None:
        """Lets the others of its albums agree with a document."""
        albums = _albums(staged.sendings)
        for mate in self._staging.all():
            if mate.id != staged.id and albums & _albums(mate.sendings):
                changed = self._agreed(mate)
                if changed != mate:
                    self._staging.put(changed)

    def _agreed(self, staged: Staged) -> Staged:
        mates = self._mates(staged.sendings, but=staged.id)
        return staged.model_copy(update={"entry": agreed(staged.sendings, mates, staged.decided)})

    def _mates(self, sendings: tuple[Sending, ...], *, but: str = "") -> list[Sending]:
        """The messages that brought the others of these albums."""
        albums = _albums(sendings)
        every = [each for mate in (self._staging.all() if albums else ()) if mate.id != but for each in mate.sendings]
        return [each for each in every if each.album in albums]


def _albums(sendings: tuple[Sending, ...]) -> set[str]:
    return {each.album for each in sendings if each.album}


def _decided(staged: Staged) -> Entry:
    """What was decided of a document; of one that no message brought, all that is said of it was."""
    return staged.decided if staged.sendings else staged.entry
