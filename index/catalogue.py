"""What a citation says of a document: from ``catalogue.toml`` beside it, else derived from the document.

["2024/khanh-hoa.pdf"]            # path of the document, from the catalogue's folder
title = "…"                       # all keys are optional
place = "خان هوا"
published = 2024-12-27
url = "https://…"
audience = "public"               # or "officials"
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from index.analysis import FUNCTION_WORDS
from index.arabic import word_spans
from index.cleaning import Cleaned
from index.document import About, Audience, Extracted
from index.errors import CatalogueError
from index.reasons import Reason
from index.sentences import cut, sentences

CATALOGUE_FILE: Final = "catalogue.toml"
_LONGEST_NAME: Final = 60  # code points after «مقاطعة» that are looked at
_KIND_OF_PLACE: Final = re.compile(r"(?<!\w)[ولبف]?(?:مقاطع[ةه]|محافظ[ةه]|ولاي[ةه]|مدين[ةه]|[إا]قليم)(?!\w)")
_TWO_TOKENS: Final = re.compile(r"\s*\S+(?:\s+\S+)?")  # a name has one word or two
_LONGEST_TITLE: Final = 120  # code points of a first sentence that serves as title
_KINDS_OF_PLACE: Final = frozenset(
    prefix + kind for prefix in ("و", "ل", "ب", "ف", "") for kind in "مقاطعه محافظه ولايه مدينه اقليم".split()
)
_LOOKED_THROUGH: Final = 20_000  # code points; a report names its place near the beginning


class Entry(BaseModel):
    """One document's table in a catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, str_min_length=1)

    title: str | None = None
    place: str | None = None
    published: dt.date | None = None
    url: str | None = None
    audience: Audience = "public"

    def fingerprint(self) -> str:
        """The entry as text: equal exactly when the entries are."""
        return self.model_dump_json(exclude_defaults=True)


class Catalogues:
    """The catalogues of many files, each looked for once."""

    def __init__(self) -> None:
        self._entries: dict[Path, dict[str, Entry]] = {}

    def entry_for(self, path: Path, name: str) -> Entry:
        """The catalogue entry of the file at ``path``, called ``name`` below the indexed folder.

        The catalogue in the file's own folder wins over those in the folders above, up to the indexed one.

        Raises:
            CatalogueError: a catalogue on the way cannot be understood.
        """
        for _, folder in zip(PurePosixPath(name).parts, path.parents, strict=False):
            if folder not in self._entries:
                self._entries[folder] = _read(folder / CATALOGUE_FILE)
            entries = self._entries[folder]
            if entries and (found := entries.get(path.relative_to(folder).as_posix())):
                return found
        return _NOTHING_SAID


def entry_for(path: Path, name: str) -> Entry:
    """Likewise for a single file, as its catalogues are now."""
    return Catalogues().entry_for(path, name)


_NOTHING_SAID: Final = Entry()


@lru_cache(maxsize=256)
def _read_version(path: Path, _version: tuple[int, int]) -> dict[str, Entry]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise CatalogueError(str(path), Reason.NOT_UNDERSTOOD, text=str(error)) from error
    entries = {}
    for name, table in tables.items():
        try:
            entries[name] = Entry.model_validate(table)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            told = f"in [{name!r}] {where}: {first['msg']}"
            raise CatalogueError(str(path), Reason.NOT_UNDERSTOOD, text=told) from error
    return entries


def _read(path: Path) -> dict[str, Entry]:
    try:
        stat = path.stat()
    except OSError:
        return {}
    return _read_version(path, (stat.st_mtime_ns, stat.st_size))


def about(extracted: Extracted, cleaned: Cleaned, entry: Entry) -> About:
    """What is said of a document: its entry first, then what the file says, then what its text shows."""
    return About(
        title=entry.title or extracted.title or first_sentence(extracted.text, cleaned),
        place=entry.place or place_in(extracted.text[:_LOOKED_THROUGH]),
        published=entry.published or extracted.published or cleaned.published,
        url=entry.url or extracted.url or cleaned.url,
        audience=entry.audience,
    )


def first_sentence(text: str, cleaned: Cleaned) -> str:
    """The first sentence of the report on one line, shortened at a word end; never empty."""
    first = sentences(text, cleaned.lines[0])[0]
    piece = next(cut(text, first, _LONGEST_TITLE))
    title = " ".join(text[piece.start : piece.end].split())
    return title if piece.end == first.end else f"{title}…"


def place_in(text: str) -> str | None:
    """The place that a text calls a province, city… by name at least twice; None if there is none."""
    named = []
    for match in _KIND_OF_PLACE.finditer(text):
        next_tokens = _TWO_TOKENS.match(text, match.end(), match.end() + _LONGEST_NAME)
        after = word_spans(next_tokens.group()) if next_tokens else []
        if after and _could_be_a_name(after[0][0]) and _adjacent(text, match.end(), match.end() + after[0][1].start):
            named.append((match.end(), after[0], after[1] if len(after) > 1 else None))
    counted = Counter(after[0] for _, after, _ in named)
    if not counted or counted.most_common(1)[0][1] < 2:
        return None
    name = counted.most_common(1)[0][0]
    chosen = [(at, after[1], two) for at, after, two in named if after[0] == name]
    seconds = {two[0] if two and _adjacent(text, at + s.end, at + two[1].start) else "" for at, s, two in chosen}
    at, first, two = chosen[0]
    agreed = len(seconds) == 1 and seconds.isdisjoint({"", *FUNCTION_WORDS})  # the same word follows: the name has two
    return text[at + first.start : at + (two[1].end if two and agreed else first.end)]


def _could_be_a_name(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in FUNCTION_WORDS and word not in _KINDS_OF_PLACE


def _adjacent(text: str, left: int, right: int) -> bool:
    return not text[left:right].strip()
