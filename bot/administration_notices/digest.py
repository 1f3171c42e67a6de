"""The digest of a week in words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.administration_notices.saying import bulleted, short
from bot.buttons import Rendered
from bot.markup import bold, escaped, units
from bot.phrases import PhraseName, Phrases
from bot.state.digests import Activity
from bot.state.values import Counts
from bot.weeks import Week

_MOST_IN_CAPTION: Final = 1024  # UTF-16 code units after entities are read (Bot API, sendPhoto)
_LONGEST_TITLE: Final = 60  # code points; so six of the longest lines and the figures mostly fit under a picture
_LONGEST_QUESTION: Final = 70
_TAG: Final = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Digest:
    """What went on in a week, and in the week before if anything is known of it; ``titles`` of documents by name."""

    week: Week
    activity: Activity
    before: Activity | None
    titles: Mapping[str, str]


def digest(told: Digest, phrases: Phrases) -> Rendered:
    """The digest as a message or a caption."""
    days = told.week.days
    heading = bold(
        phrases.say(PhraseName.DIGEST_HEADING, first=days[0].isoformat(), last=days[-1].isoformat()),
    )
    if not told.activity.tally.all:
        return Rendered(f"{heading}\n{escaped(phrases.say(PhraseName.DIGEST_NONE))}")
    lines = [heading, *bulleted(_figures(told, phrases), phrases)]
    if told.activity.quoted:
        lines += ["", escaped(phrases.say(PhraseName.DIGEST_DOCUMENTS)), *bulleted(_documents(told, phrases), phrases)]
    if told.activity.slowest:
        lines += ["", escaped(phrases.say(PhraseName.DIGEST_SLOWEST)), *bulleted(_slowest(told, phrases), phrases)]
    return Rendered("\n".join(lines))


def fits_caption(rendered: Rendered) -> bool:
    """Whether a message is short enough to stand under a picture."""
    return units(html.unescape(_TAG.sub("", rendered.text))) <= _MOST_IN_CAPTION


def _figures(told: Digest, phrases: Phrases) -> Iterator[str]:
    now, before = told.activity, told.before
    tally, earlier = now.tally, before.tally if before else None

    def beside(line: str, number: str | None) -> str:
        return line if number is None else f"{line} ({phrases.say(PhraseName.DIGEST_BEFORE, number=number)})"

    asked = phrases.say(PhraseName.DIGEST_QUESTIONS, count=tally.all)
    yield beside(asked, f"{earlier.all:,}" if earlier else None)
    yield beside(phrases.say(PhraseName.DIGEST_PEOPLE, count=now.people), f"{before.people:,}" if before else None)
    for name, outcome in (
        (PhraseName.DIGEST_ANSWER, "answer"),
        (PhraseName.DIGEST_RELATED, "related"),
        (PhraseName.DIGEST_WITHOUT, "none"),
    ):
        number = getattr(tally, outcome)
        share = phrases.say(name, number=f"{number:,}", percent=_percent(number, tally.all))
        yield beside(share, _percent(getattr(earlier, outcome), earlier.all) if earlier else None)
    was = _satisfied(before.verdicts) if before else None
    yield beside(_satisfaction(now.verdicts, phrases), was)


def _satisfaction(verdicts: Counts, phrases: Phrases) -> str:
    percent = _satisfied(verdicts)
    if percent is None:
        return phrases.say(PhraseName.DIGEST_UNRATED)
    up, down = f"{verdicts.up:,}", f"{verdicts.down:,}"
    return phrases.say(PhraseName.DIGEST_SATISFIED, percent=percent, up=up, down=down)


def _satisfied(verdicts: Counts) -> str | None:
    given = verdicts.up + verdicts.down
    return _percent(verdicts.up, given) if given else None


def _documents(told: Digest, phrases: Phrases) -> Iterator[str]:
    for name, number in told.activity.quoted:
        answers = phrases.say(PhraseName.COUNT_ANSWERS, count=number)
        title = short(told.titles.get(name, name), _LONGEST_TITLE)
        yield phrases.say(PhraseName.DIGEST_DOCUMENT, name=title, answers=answers)


def _slowest(told: Digest, phrases: Phrases) -> Iterator[str]:
    for slow in told.activity.slowest:
        question = short(slow.question, _LONGEST_QUESTION)
        yield phrases.say(PhraseName.DIGEST_SLOW, took=_seconds(slow.seconds), question=question)


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}" if seconds >= 1 else f"{seconds:.2f}"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}"
