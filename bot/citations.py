"""Where an excerpt comes from, on one line of Telegram's HTML."""

from __future__ import annotations

from typing import Final

from bot.markup import escaped, isolated, link, one_line
from bot.phrases import PhraseName, Phrases
from index.document import About

LONGEST_TITLE: Final = 120  # code points of a title, which a phone shows on three lines
LONGEST_PLACE: Final = 60


def citation(about: About, page: int | None, phrases: Phrases) -> str:
    """Title (leading to the report's address), place, day and page, as far as they are known."""
    title = isolated(link(_named(about), about.url))
    return _listed([title, *_place_and_day(about), *_page(page, phrases)], phrases)


def place_and_day(about: About, phrases: Phrases) -> str:
    """What tells a report from others; its title where neither place nor day is known."""
    title = isolated(escaped(_named(about)))
    return _listed(_place_and_day(about) or [title], phrases)


def _named(about: About) -> str:
    """The title on one line, without the full stop of a first line that serves as one."""
    title = one_line(about.title, LONGEST_TITLE)
    is_sentence = title.endswith(".") and not title.endswith("..")
    return (title[:-1] if is_sentence else title) or "…"


def _place_and_day(about: About) -> list[str]:
    place = one_line(about.place or "", LONGEST_PLACE)
    day = about.published.isoformat() if about.published else ""
    return [isolated(escaped(part)) for part in (place, day) if part]


def _page(page: int | None, phrases: Phrases) -> list[str]:
    return [phrases.say(PhraseName.PAGE, number=str(page))] if page else []


def _listed(parts: list[str], phrases: Phrases) -> str:
    return f"{phrases.say(PhraseName.COMMA)} ".join(parts)
