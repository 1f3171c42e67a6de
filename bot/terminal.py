"""Replies for a terminal: plain lines, bold only where there is a terminal to show it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Final, assert_never

from rich.console import Console
from rich.text import Text

from bot.phrases import COURTESIES, PhraseName, not_arabic, phrases
from retrieval.answer import Answer, Circumstances, Excerpt, NotFound, Related, Reply
from retrieval.courtesy import courtesy_alone

SAY: Final = phrases(None, isolates=False).say
"""Terminals are told in Arabic, without the invisible characters that many of them show as boxes."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def console() -> Console:
    """Standard output: on a terminal with colours (not with NO_COLOR) and lines wrapped at words, else whole lines."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def error_console() -> Console:
    """Standard error, likewise."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=not sys.stderr.isatty())


def harmless(text: str) -> str:
    """``text`` with control characters, which could take a terminal over, replaced by spaces one for one."""
    return _CONTROL.sub(" ", text)


def reply_lines(reply: Reply) -> Iterator[Text]:
    """What a person is shown, line by line; addresses are never to be wrapped."""
    if reply.circumstances.is_cut:
        yield Text(SAY(PhraseName.CUT_QUESTION), style="italic")
    match reply:
        case Answer(_, excerpts, side_by_side=True):
            yield Text(SAY(PhraseName.SIDE_BY_SIDE_HEADING), style="bold green")
            for excerpt in excerpts:
                yield Text(f"{_place_and_day(excerpt)}:", style="bold")
                yield from _excerpt_lines(excerpt)
        case Answer(_, excerpts):
            yield Text(SAY(PhraseName.ANSWER_HEADING), style="bold green")
            yield from _excerpt_lines(excerpts[0])
            if excerpts[1:]:
                yield Text(SAY(PhraseName.FURTHER_HEADING), style="dim")
            for excerpt in excerpts[1:]:
                yield from _excerpt_lines(excerpt)
        case Related(_, excerpts):
            yield Text(SAY(PhraseName.RELATED_HEADING), style="yellow")
            for excerpt in excerpts:
                yield from _excerpt_lines(excerpt)
        case NotFound(circumstances, _):
            yield Text(_nothing(circumstances, reply), style="yellow")
        case _:
            assert_never(reply)


def _nothing(circumstances: Circumstances, reply: NotFound) -> str:
    match reply.reason:
        case "empty":
            courtesy = courtesy_alone(circumstances.understood)
            return SAY(COURTESIES[courtesy] if courtesy else PhraseName.EMPTY_QUESTION)
        case "language":
            return not_arabic(circumstances.language)
        case "not_found":
            return SAY(PhraseName.NOT_FOUND)


def _excerpt_lines(excerpt: Excerpt) -> Iterator[Text]:
    quotation = Text(harmless(excerpt.text))
    for mark in excerpt.marks:
        quotation.stylize("bold", mark.start, mark.end)
    yield Text.assemble("«", quotation, "»")
    yield Text(f"— {source_line(excerpt)}", style="dim")
    if excerpt.about.url:
        yield Text(f"  {harmless(excerpt.about.url)}", style="dim", no_wrap=True)
    yield Text("")


def _place_and_day(excerpt: Excerpt) -> str:
    """What tells an excerpt from those of other reports; its title where neither place nor day is known."""
    about = excerpt.about
    parts = [about.place, about.published and about.published.isoformat()]
    return harmless("، ".join(part for part in parts if part) or about.title)


def source_line(excerpt: Excerpt) -> str:
    """Title, place, date and page of an excerpt, as far as they are known."""
    about = excerpt.about
    parts = [
        about.title,
        about.place,
        about.published and about.published.isoformat(),
        excerpt.page and SAY(PhraseName.PAGE, number=str(excerpt.page)),
    ]
    return harmless("، ".join(part for part in parts if part))
