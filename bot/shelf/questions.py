"""Questions that a new generation must answer as well as the one before: ``questions.toml`` beside the documents.

[[question]]
text = "كم بلغت نسبة …؟"
document = "2024/khanh-hoa.pdf"   # where the answer stands; left out: the reports do not answer
answer = "88.9%"                  # optional: words of the excerpt that answers
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import tomlkit
from filelock import FileLock
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from tomlkit.exceptions import TOMLKitError

from bot.shelf.errors import QuestionsError
from bot.shelf.files import write
from bot.shelf.lines import one_line
from retrieval.answer import Answer, Reply
from retrieval.assistant import Assistant

QUESTIONS_FILE: Final = "questions.toml"
_TABLES: Final = "question"
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Canary(BaseModel):
    """A question, and the document whose excerpt must come first in its answer (None: there must be no answer)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: _Text
    document: _Text | None = None
    answer: _Text | None = None

    def is_passed_by(self, reply: Reply) -> bool:
        """Whether a reply is right. Of reports side by side, each may be the one."""
        if self.document is None or not isinstance(reply, Answer):
            return self.document is None and not isinstance(reply, Answer)
        shown = reply.excerpts if reply.side_by_side else reply.excerpts[:1]
        return any(each.document == self.document and (self.answer or "") in each.text for each in shown)


@dataclass(frozen=True)
class Questions:
    """The file of such questions. Any number of processes may read and change it."""

    folder: Path
    lock: Path

    def all(self) -> tuple[Canary, ...]:
        """The questions in their order; none where there is no file.

        Raises:
            QuestionsError: the file cannot be understood.
        """
        try:
            tables = tomllib.loads(self._text())
            return tuple(map(Canary.model_validate, tables.get(_TABLES, [])))
        except (tomllib.TOMLDecodeError, ValidationError, TypeError, RecursionError) as error:
            raise QuestionsError(str(self._path), str(error)) from error

    def add(self, canary: Canary) -> bool:
        """Adds a question at the end; False if one of these words is there already."""
        return self._change(lambda tables, known: self._added(tables, known, canary))

    def remove(self, text: str) -> bool:
        """Removes the question of these words; False if there is none."""
        wanted = one_line(text)
        return self._change(lambda tables, known: _removed(tables, known, wanted))

    def _change(self, change: Callable[[tomlkit.items.AoT, list[str]], bool]) -> bool:
        self.lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.lock):
            known = [one_line(each.text) for each in self.all()]
            file = self._parsed()
            tables = file.setdefault(_TABLES, tomlkit.aot())
            if not change(tables, known):
                return False
            self.folder.mkdir(parents=True, exist_ok=True)
            write(self._path, tomlkit.dumps(file))
        return True

    def _added(self, tables: tomlkit.items.AoT, known: list[str], canary: Canary) -> bool:
        text = one_line(canary.text)
        if text in known:
            return False
        table = tomlkit.table()
        table.update({**canary.model_dump(exclude_none=True), "text": text})
        tables.append(table)
        return True

    def _parsed(self) -> tomlkit.TOMLDocument:
        try:
            return tomlkit.parse(self._text())
        except (TOMLKitError, RecursionError) as error:
            raise QuestionsError(str(self._path), str(error)) from error

    @property
    def _path(self) -> Path:
        return self.folder / QUESTIONS_FILE

    def _text(self) -> str:
        try:
            return self._path.read_bytes().decode()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise QuestionsError(str(self._path), str(error)) from error


def _removed(tables: tomlkit.items.AoT, known: list[str], wanted: str) -> bool:
    if wanted not in known:
        return False
    del tables[known.index(wanted)]
    return True


def worse_answered(canaries: Iterable[Canary], new: Assistant, old: Assistant | None) -> tuple[Canary, ...]:
    """The questions that ``new`` fails and ``old`` passes; without an old one, all that fail."""
    failed = [canary for canary in canaries if not canary.is_passed_by(new.ask(canary.text))]
    return tuple(canary for canary in failed if old is None or canary.is_passed_by(old.ask(canary.text)))
