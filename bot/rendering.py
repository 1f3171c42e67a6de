"""Replies as Telegram messages: values in, HTML and buttons out. Nothing is sent from here.

A message is never longer than Telegram allows (4096 UTF-16 units), whatever the reports hold: a page's excerpts with
their sources take 3,100 units, the lines above and below 900 (a code point is two units at most).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from bot.buttons import LONGEST_LABEL, Button, ButtonKind, Rendered, Rows, button, rating, row
from bot.citations import LONGEST_PLACE, citation, place_and_day
from bot.markup import bold, escaped, one_line, quotation
from bot.pages import Piece, most_telling, pages
from bot.phrases import COURTESIES, PhraseName, Phrases, not_arabic
from retrieval.answer import Answer, NotFound, Related, Reply
from retrieval.courtesy import courtesy_alone
from retrieval.covering import Coverage

LONGEST_QUESTION: Final = 300  # code points of a question that is repeated
LONGEST_IN_GROUP: Final = 500  # code points of an excerpt; what retrieval quotes has some 350
_MOST_NAMED: Final = 10  # places that are named of those the reports are about, and years
_SHOWN_EXAMPLES: Final = 2


NOT_KNOWN: Final = Coverage()


def private_answer(
    reply: Reply, answer_id: str, phrases: Phrases, *, completed: str | None = None, coverage: Coverage = NOT_KNOWN
) -> Rendered:
    """A reply in a private chat: its first page.

    ``completed``: the question as it was completed from earlier ones, if it was. ``coverage`` is told if nothing was
    found.
    """
    if isinstance(reply, NotFound):
        return _nothing(reply, answer_id, phrases, completed=completed, coverage=coverage)
    return page(reply, answer_id, 1, phrases, completed=completed)


def page(
    reply: Answer | Related, answer_id: str, number: int, phrases: Phrases, *, completed: str | None = None
) -> Rendered:
    """The page ``number`` (from 1; the last one if there are fewer) of a reply in a private chat."""
    every = pages(reply)
    number = max(1, min(number, len(every)))
    lines = [*_above(reply, phrases, completed), bold(phrases.say(_heading(reply, number)))]
    names_reports = isinstance(reply, Answer) and reply.side_by_side
    for place, piece in enumerate(every[number - 1]):
        lines += [*([""] if place else []), *_piece_lines(piece, phrases, is_named=names_reports)]
    if number > 1:
        lines.append(escaped(phrases.say(PhraseName.PAGE_OF, number=str(number), count=str(len(every)))))
    turning = _turning(answer_id, number, len(every), phrases)
    return Rendered("\n".join(lines), (*turning, rating(answer_id, phrases), *_asides(answer_id, phrases, completed)))


def group_answer(
    reply: Reply, answer_id: str, phrases: Phrases, deep_link: str, *, completed: str | None = None
) -> Rendered:
    """A reply in a group: one short excerpt; ``deep_link`` leads to all of it in private."""
    lines = [*_above(reply, phrases, completed)]
    if isinstance(reply, NotFound):
        literal = _literal(answer_id, phrases, completed) if reply.reason == "not_found" else ()
        return Rendered("\n".join([*lines, escaped(_why_nothing(reply, phrases))]), literal)
    lines.append(bold(phrases.say(_heading(reply, 1))))
    piece = most_telling(reply.excerpts[0], LONGEST_IN_GROUP)
    lines += _piece_lines(piece, phrases, is_named=isinstance(reply, Answer) and reply.side_by_side)
    whole = (Button(phrases.say(PhraseName.BUTTON_IN_PRIVATE), url=deep_link),)
    return Rendered("\n".join(lines), (whole, rating(answer_id, phrases), *_literal(answer_id, phrases, completed)))


def _above(reply: Reply, phrases: Phrases, completed: str | None) -> Iterator[str]:
    """What is to be known before the answer: how the question was understood, that it was cut."""
    if completed is not None:
        yield escaped(phrases.say(PhraseName.UNDERSTOOD, question=one_line(completed, LONGEST_QUESTION)))
    if reply.circumstances.is_cut:
        yield escaped(phrases.say(PhraseName.CUT_QUESTION))


def _heading(reply: Answer | Related, number: int) -> PhraseName:
    match reply:
        case Related():
            return PhraseName.RELATED_HEADING
        case Answer(side_by_side=True):
            return PhraseName.SIDE_BY_SIDE_HEADING
        case Answer():
            return PhraseName.ANSWER_HEADING if number == 1 else PhraseName.FURTHER_HEADING
        case _:
            assert_never(reply)


def _piece_lines(piece: Piece, phrases: Phrases, *, is_named: bool) -> Iterator[str]:
    """The quotation and its source; above them the place and day of the report if ``is_named``."""
    about = piece.excerpt.about
    if is_named:
        yield f"<b>{place_and_day(about, phrases)}</b>"
    yield quotation(piece.text, piece.marks)
    yield f"{escaped(phrases.say(PhraseName.SOURCE))} {citation(about, piece.excerpt.page, phrases)}"


def _nothing(
    reply: NotFound, answer_id: str, phrases: Phrases, *, completed: str | None, coverage: Coverage
) -> Rendered:
    lines = [*_above(reply, phrases, completed), escaped(_why_nothing(reply, phrases))]
    if reply.reason != "not_found":
        return Rendered("\n".join(lines))
    lines += [escaped(line) for line in _covered(coverage, phrases)]
    return Rendered("\n".join(lines), (*samples(coverage.examples), *_asides(answer_id, phrases, completed)))


def _why_nothing(reply: NotFound, phrases: Phrases) -> str:
    match reply.reason:
        case "empty":
            courtesy = courtesy_alone(reply.circumstances.understood)
            return phrases.say(COURTESIES[courtesy] if courtesy else PhraseName.EMPTY_QUESTION)
        case "language":
            return not_arabic(reply.circumstances.language)
        case "not_found":
            return phrases.say(PhraseName.NOT_FOUND)
        case _:
            assert_never(reply.reason)


def _covered(coverage: Coverage, phrases: Phrases) -> Iterator[str]:
    if coverage.places:
        yield phrases.say(PhraseName.COVERED_PLACES, places=_some(coverage.places, phrases))
    if coverage.years:
        yield phrases.say(PhraseName.COVERED_YEARS, years=_some(coverage.years, phrases))
    if coverage.examples:
        yield phrases.say(PhraseName.EXAMPLES_HEADING)
        yield from (f"• «{one_line(question, LONGEST_QUESTION)}»" for question in coverage.examples[:_SHOWN_EXAMPLES])


def _some(names: Sequence[str], phrases: Phrases) -> str:
    """The first of ``names``, and that there are others."""
    shown = [one_line(name, LONGEST_PLACE) for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        shown.append(phrases.say(PhraseName.AND_OTHERS))
    return f"{phrases.say(PhraseName.COMMA)} ".join(shown)


def samples(questions: Sequence[str]) -> Rows:
    """Questions to try, each a button that is labelled with it; none that is too long for a label."""
    shown = [one_line(question, LONGEST_LABEL + 1) for question in questions[:_SHOWN_EXAMPLES]]
    return tuple(
        (button(question, ButtonKind.SAMPLE, "0", number),)
        for number, question in enumerate(shown)
        if 0 < len(question) <= LONGEST_LABEL
    )


def _turning(answer_id: str, number: int, count: int, phrases: Phrases) -> Rows:
    """The buttons to the pages before and after."""
    if count == 1:
        return ()
    if number == 1:
        return (row(phrases, button(phrases.say(PhraseName.BUTTON_MORE), ButtonKind.PAGE, answer_id, 2)),)
    before = button(phrases.say(PhraseName.BUTTON_PREVIOUS), ButtonKind.PAGE, answer_id, number - 1)
    after = button(phrases.say(PhraseName.BUTTON_NEXT), ButtonKind.PAGE, answer_id, number + 1)
    return (row(phrases, before, after) if number < count else (before,),)


def _asides(answer_id: str, phrases: Phrases, completed: str | None) -> Rows:
    why = button(phrases.say(PhraseName.BUTTON_WHY), ButtonKind.WHY, answer_id)
    return ((why,), *_literal(answer_id, phrases, completed))


def _literal(answer_id: str, phrases: Phrases, completed: str | None) -> Rows:
    """The button that asks the question as it was typed, where another was asked instead."""
    if completed is None:
        return ()
    return ((button(phrases.say(PhraseName.BUTTON_LITERAL), ButtonKind.LITERAL, answer_id),),)
