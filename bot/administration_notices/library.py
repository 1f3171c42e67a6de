"""The library as administrators see it: documents to withdraw, versions, questions that must stay answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.administration_notices.reasons import trouble
from bot.administration_notices.saying import bulleted, listed, short
from bot.buttons import ButtonKind, Rendered, Rows, button, row
from bot.citations import citation
from bot.jobs.troubles import trouble_of
from bot.markup import bold, escaped
from bot.phrases import PhraseName, Phrases
from bot.shelf.errors import QuestionsError
from index.document import About, Audience

_ON_A_PAGE: Final = 8
_IN_A_ROW: Final = 4
_QUESTIONS_SHOWN: Final = 15
_VERSIONS_SHOWN: Final = 8
_AUDIENCES: Final[dict[Audience, PhraseName]] = {
    "public": PhraseName.STAGED_FOR_ALL,
    "officials": PhraseName.STAGED_FOR_OFFICIALS,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the library. ``id`` stands for its name in a button."""

    id: str
    name: str
    about: About
    pages: int | None
    passages: int


@dataclass(frozen=True, slots=True)
class Version:
    """A kept generation; its counts are None where it is damaged."""

    number: int
    is_live: bool
    built: str | None = None
    documents: int | None = None
    passages: int | None = None


def documents(every: Sequence[Listed], number: int, phrases: Phrases) -> Rendered:
    """The page ``number`` (from 1; the last one if there are fewer), with a button for each document."""
    count = max(1, -(-len(every) // _ON_A_PAGE))
    number = max(1, min(number, count))
    first = (number - 1) * _ON_A_PAGE
    shown = list(enumerate(every[first : first + _ON_A_PAGE], start=first + 1))
    lines = [bold(phrases.say(PhraseName.DOCUMENTS_HEADING, count=len(every)))]
    beginning = "\N{RIGHT-TO-LEFT MARK}" if phrases.is_right_to_left else ""
    lines += [f"{beginning}{place}. {citation(each.about, None, phrases)}" for place, each in shown]
    if count > 1:
        lines.append(escaped(phrases.say(PhraseName.PAGE_OF, number=str(number), count=str(count))))
    if shown:
        lines.append(escaped(phrases.say(PhraseName.DOCUMENT_PICK)))
    picks = [button(str(place), ButtonKind.DOCUMENT, each.id, number) for place, each in shown]
    rows = [row(phrases, *picks[at : at + _IN_A_ROW]) for at in range(0, len(picks), _IN_A_ROW)]
    return Rendered("\n".join(lines), (*rows, *_turning(number, count, phrases)))


def _turning(number: int, count: int, phrases: Phrases) -> Rows:
    ways = ((PhraseName.BUTTON_PREVIOUS, number - 1), (PhraseName.BUTTON_NEXT, number + 1))
    shown = [button(phrases.say(label), ButtonKind.LIBRARY, "0", to) for label, to in ways if 1 <= to <= count]
    return (row(phrases, *shown),) if shown else ()


def document(listed_: Listed, target: str, page: int, phrases: Phrases) -> Rendered:
    """One document of the library, with the button that withdraws it."""
    about = listed_.about
    lines = [citation(about, None, phrases)]
    facts = [phrases.say(PhraseName.STAGED_FILE, name=short(listed_.name)), phrases.say(_AUDIENCES[about.audience])]
    pages = [phrases.say(PhraseName.COUNT_PAGES, count=listed_.pages)] if listed_.pages else []
    facts.append(listed([*pages, phrases.say(PhraseName.COUNT_PASSAGES, count=listed_.passages)], phrases))
    withdraw = button(phrases.say(PhraseName.BUTTON_WITHDRAW), ButtonKind.CHANGE, target)
    back = button(phrases.say(PhraseName.BUTTON_DOCUMENTS), ButtonKind.LIBRARY, "0", page)
    return Rendered("\n".join([*lines, *map(escaped, facts)]), (row(phrases, withdraw, back),))


def versions(every: Sequence[Version], phrases: Phrases) -> Rendered:
    """The kept generations, the newest first, with a button for each that can be gone back to."""
    shown = sorted(every, key=lambda each: -each.number)[:_VERSIONS_SHOWN]
    lines = [bold(phrases.say(PhraseName.GENERATIONS_HEADING))]
    lines += bulleted((_version(each, phrases) for each in shown), phrases)
    return Rendered(
        "\n".join(lines),
        tuple(
            (
                button(
                    phrases.say(PhraseName.BUTTON_ROLLBACK, number=str(each.number)),
                    ButtonKind.ROLLBACK,
                    str(each.number),
                ),
            )
            for each in shown
            if not each.is_live and each.documents is not None
        ),
    )


def _version(each: Version, phrases: Phrases) -> str:
    facts = [phrases.say(PhraseName.GENERATION_LIVE)] if each.is_live else []
    if each.documents is None or each.passages is None:
        facts.append(phrases.say(PhraseName.GENERATION_DAMAGED))
    else:
        facts.append(phrases.say(PhraseName.COUNT_DOCUMENTS, count=each.documents))
        facts.append(phrases.say(PhraseName.COUNT_PASSAGES, count=each.passages))
    if each.built:
        facts.append(phrases.say(PhraseName.GENERATION_BUILT, day=each.built[:16].replace("T", " ")))
    return phrases.say(PhraseName.GENERATION_LINE, number=str(each.number), facts=listed(facts, phrases))


@dataclass(frozen=True, slots=True)
class Difference:
    """What going back from ``live`` to ``number`` changes: titles of reports."""

    number: int
    live: int | None
    back: Sequence[str] = ()
    other: Sequence[str] = ()
    gone: Sequence[str] = ()


def rollback_question(change: Difference, phrases: Phrases) -> Rendered:
    """Whether to go back to a generation, and what that does."""
    number, live = change.number, change.live
    lines = [escaped(phrases.say(PhraseName.ROLLBACK_ASK, number=str(number)))]
    kinds = (
        (PhraseName.ROLLBACK_BACK, change.back),
        (PhraseName.ROLLBACK_OTHER_CONTENT, change.other),
        (PhraseName.ROLLBACK_GONE, change.gone),
    )
    for name, titles in kinds:
        if titles:
            lines.append(escaped(phrases.say(name, number=f"{len(titles):,}")))
            lines += bulleted(map(short, titles[:_ON_A_PAGE]), phrases)
            lines += [escaped(phrases.say(PhraseName.AND_OTHERS))] if len(titles) > _ON_A_PAGE else []
    if live is not None and not (change.back or change.other or change.gone):
        lines.append(escaped(phrases.say(PhraseName.ROLLBACK_SAME)))
    yes = phrases.say(PhraseName.BUTTON_ROLLBACK, number=str(number))
    argument = 0 if live is None else live
    buttons = (
        button(yes, ButtonKind.ROLLBACK, str(number), argument),
        button(phrases.say(PhraseName.BUTTON_BACK), ButtonKind.ROLLBACK, "0"),
    )
    return Rendered("\n".join(lines), (row(phrases, *buttons),))


def rolled_back(number: int, left: Sequence[str], phrases: Phrases) -> Rendered:
    """That the library is back; ``left`` are the files that somebody has changed by hand since."""
    lines = [escaped(phrases.say(PhraseName.ROLLBACK_DONE, number=str(number)))]
    if left:
        lines += [escaped(phrases.say(PhraseName.ROLLBACK_LEFT)), *bulleted(map(short, left[:_ON_A_PAGE]), phrases)]
    return Rendered("\n".join(lines))


def rollback_impossible(number: int, phrases: Phrases) -> Rendered:
    """A generation is gone or damaged."""
    return Rendered(escaped(phrases.say(PhraseName.ROLLBACK_IMPOSSIBLE, number=str(number))))


def unknown_version(versions: Rendered, phrases: Phrases) -> Rendered:
    """What was asked for is no kept version, above those that are."""
    return Rendered(f"{escaped(phrases.say(PhraseName.VERSION_UNKNOWN))}\n\n{versions.text}", versions.buttons)


def canaries(questions: Sequence[str], phrases: Phrases) -> Rendered:
    """The questions that must stay answered, and how they are added and removed."""
    return Rendered("\n".join(_canary_lines(questions, phrases)))


def _canary_lines(questions: Sequence[str], phrases: Phrases) -> Iterator[str]:
    yield bold(phrases.say(PhraseName.CANARY_COUNT, count=len(questions)))
    yield from bulleted(map(short, questions[:_QUESTIONS_SHOWN]), phrases)
    if len(questions) > _QUESTIONS_SHOWN:
        yield escaped(phrases.say(PhraseName.AND_OTHERS))
    yield escaped(phrases.say(PhraseName.CANARY_HOW))


def canary_added(document_name: str, phrases: Phrases) -> Rendered:
    """That a question was added, which this document must answer."""
    return Rendered(escaped(phrases.say(PhraseName.CANARY_ADDED, name=short(document_name))))


def canaries_unreadable(error: QuestionsError, phrases: Phrases) -> Rendered:
    """The file of questions cannot be understood."""
    return Rendered(escaped(trouble(trouble_of(error), phrases)))
