"""A data folder with its shelf, and a build of what is proposed there, all in this process.

``python -m tests.bot.shelf.place DATA STEP``: adopts the waiting generation, killed at that call of the system.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.shelf.proposing import Change
from bot.shelf.shelf import Shelf
from bot.shelf.staging import Incoming, Staged
from index.building import Builder
from index.catalogue import Entry
from index.document import About
from index.generations import FileGenerations
from index.library import Library
from index.lock import building
from index.planning import keeping, plan
from index.preparing import documents
from index.reading import ReadingRoom
from index.sources import find_sources
from tests.index.builds import quiet, shipped

REPORT: Final = (
    "تقرير عن المدارس في مقاطعة هايفونغ.\n"
    "بلغ عدد المدارس الجديدة في مقاطعة هايفونغ خلال عام 2023 سبع عشرة مدرسة، وهي موزعة على ست بلديات.\n"
    "وقالت إدارة التعليم إن المدارس الجديدة استقبلت أكثر من ستة آلاف تلميذ في بداية العام الدراسي.\n"
)
STEPS: Final = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "open", "os.link"}


@dataclass(frozen=True)
class Place:
    """A data folder."""

    data: Path

    @property
    def generations(self) -> FileGenerations:
        return FileGenerations(self.data)

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.data / "documents", self.data, self.generations, max_bytes=2**22)

    @property
    def library(self) -> Library:
        return self.generations.open_live()

    def stage(self, text: str = REPORT, name: str = "مدارس.txt", **said: object) -> Staged:
        return self.shelf.stage(Incoming(text.encode(), name, Entry.model_validate(said)))

    def build(self, change: Change) -> int:
        """Builds what the change gives, and leaves it waiting."""
        with building(self.data), ReadingRoom(workers=1) as room:
            base = self.generations.newest_intact()
            with self.shelf.propose(change, base) as proposal:
                found = find_sources([proposal.folder], max_bytes=2**26)
                changes = keeping(plan(found, base), base, proposal.withdrawn)
                builder = Builder(self.generations, shipped(), quiet)
                built = builder.build_aside(documents(changes, base, room, quiet), base, aliases=changes.aliases)
                assert built.number is not None
                self.shelf.note(built.number, proposal)
        return built.number

    def adopt(self, number: int) -> None:
        self.shelf.adopt(number, lambda: self.generations.admit(number))

    def make(self, change: Change) -> int:
        number = self.build(change)
        self.adopt(number)
        return number

    @property
    def names(self) -> set[str]:
        """The documents of the live generation."""
        return {record.name for record in self.library.documents}

    @property
    def files(self) -> dict[str, bytes]:
        """The documents' folder."""
        folder = self.data / "documents"
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and not path.name.startswith(".dalil-")
        }

    def about(self, name: str) -> About:
        record = self.library.documents.find(name)
        assert record is not None
        return record.about


def main() -> None:
    place, step = Place(Path(sys.argv[1])), int(sys.argv[2])
    done = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        is_reading = event == "open" and arguments[1] in ("r", "rb", None)
        if event in STEPS and not is_reading:
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    place.adopt(place.generations.waiting()[0])


if __name__ == "__main__":
    main()
