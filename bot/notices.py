"""Everything that is said beside replies to questions: notices, help, the library's list, receipts, approvals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

from bot.buttons import ButtonKind, Rendered, Rows, approval, button, row
from bot.citations import citation
from bot.markup import bold, escaped, one_line
from bot.phrases import PhraseName, Phrases
from bot.receipts import Receipt, StoredExcerpt
from bot.rendering import LONGEST_QUESTION, samples
from index.document import About

Notice: TypeAlias = Literal[
    PhraseName.WITHDRAWN,
    PhraseName.NOTHING_INDEXED,
    PhraseName.HELP_PRIVATE,
    PhraseName.HELP_GROUP,
    PhraseName.ASK_WHAT,
    PhraseName.NEW_DONE,
    PhraseName.FORGET_DONE,
    PhraseName.UNKNOWN_COMMAND,
    PhraseName.RECEIPT_NOT_FOUND,
    PhraseName.RECEIPT_NONE_YET,
    PhraseName.GROUP_GREETING,
    PhraseName.LIMITED_GROUP,
    PhraseName.ASKED_WHILE_AWAY,
    PhraseName.NOT_NOW,
    PhraseName.TEXT_ONLY,
    PhraseName.INVITATION_WORTHLESS,
    PhraseName.INVITATION_UNNEEDED,
    PhraseName.WELCOME_OFFICIAL,
    PhraseName.WELCOME_ADMINISTRATOR,
    PhraseName.DISMISSED,
    PhraseName.BACKUP_UNDER_WAY,
]
"""What is a message by itself."""

Toast: TypeAlias = Literal[
    PhraseName.THANKS_GOOD,
    PhraseName.THANKS_BAD,
    PhraseName.THANKS_REASON,
    PhraseName.BUTTON_OLD,
    PhraseName.BUTTON_NOT_YOURS,
    PhraseName.WITHDRAWN,
    PhraseName.RECEIPT_NOT_FOUND,
    PhraseName.ADMINISTRATORS_ONLY,
    PhraseName.NOT_NOW,
    PhraseName.IRREMOVABLE,
    PhraseName.LAST_ADMINISTRATOR,
    PhraseName.QUIET_ON,
    PhraseName.QUIET_OFF,
    PhraseName.STAGED_GONE,
    PhraseName.STAGED_UNDER_WAY,
    PhraseName.CHANGE_OTHER,
    PhraseName.JOB_STOPPED,
    PhraseName.JOB_OVER,
    PhraseName.JOB_BUSY,
    PhraseName.DOCUMENT_GONE,
    PhraseName.ROLLBACK_OTHER,
]
"""What answers a press: at most 200 code points, plain text."""

_DOCUMENTS_ON_A_PAGE: Final = 8  # at most 400 units each, with what is above and below within a message
_EXCERPTS_ON_A_RECEIPT: Final = 3
_LONGEST_NAME: Final = 120  # code points of a document's name, a group's title, a model's name


def notice(name: Notice, phrases: Phrases) -> Rendered:
    """A message that needs nothing but its words."""
    return Rendered(escaped(phrases.say(name)))


def toast(name: Toast, phrases: Phrases) -> str:
    """The answer to a press."""
    return phrases.say(name)


def ask_placeholder(phrases: Phrases) -> str:
    """What stands in the empty field where `PhraseName.ASK_WHAT` asks for the question."""
    return phrases.say(PhraseName.ASK_PLACEHOLDER)


def greeting(questions: Sequence[str], phrases: Phrases) -> Rendered:
    """The answer to ``/start``, with ``questions`` to try if there are any."""
    shown = samples(questions)
    return Rendered(escaped(phrases.say(PhraseName.GREETING if shown else PhraseName.GREETING_ALONE)), shown)


def privacy(phrases: Phrases, *, days: int, minutes: int, in_group: bool) -> Rendered:
    """What is kept: questions for ``days``, the conversation for ``minutes``."""
    name = PhraseName.PRIVACY_GROUP if in_group else PhraseName.PRIVACY_PRIVATE
    return Rendered(escaped(phrases.say(name, days=days, minutes=minutes)))


def limited(seconds: int, phrases: Phrases) -> Rendered:
    """To somebody who asked too much: when to ask again."""
    return Rendered(escaped(phrases.say(PhraseName.LIMITED_PRIVATE, seconds=seconds)))


def failed(error_id: str, phrases: Phrases) -> Rendered:
    """That something went wrong, with the id under which the log has it."""
    return Rendered(escaped(phrases.say(PhraseName.ERROR, id=one_line(error_id, _LONGEST_NAME))))


def database_lost(waiting: int, phrases: Phrases) -> Rendered:
    """To an administrator: that nothing can be changed now, and how many writes wait."""
    return Rendered(escaped(phrases.say(PhraseName.DATABASE_LOST, number=str(waiting))))


def approval_request(title: str, group_id: int, phrases: Phrases) -> Rendered:
    """To an administrator: whether the bot may answer in this group."""
    said = phrases.say(PhraseName.APPROVAL_REQUEST, group=one_line(title, _LONGEST_NAME), id=str(group_id))
    return Rendered(escaped(said), approval(group_id, phrases))


def approved(title: str, phrases: Phrases) -> Rendered:
    """To the administrator who said yes."""
    return Rendered(escaped(phrases.say(PhraseName.APPROVED, group=one_line(title, _LONGEST_NAME))))


def left_group(title: str, phrases: Phrases) -> Rendered:
    """To the administrator who said no."""
    return Rendered(escaped(phrases.say(PhraseName.LEFT_GROUP, group=one_line(title, _LONGEST_NAME))))


def documents_page(documents: Sequence[About], number: int, phrases: Phrases) -> Rendered:
    """The page ``number`` (from 1; the last one if there are fewer) of the reports in the library."""
    count = max(1, -(-len(documents) // _DOCUMENTS_ON_A_PAGE))
    number = max(1, min(number, count))
    first = (number - 1) * _DOCUMENTS_ON_A_PAGE
    lines = [bold(phrases.say(PhraseName.DOCUMENTS_HEADING, count=len(documents)))]
    shown = enumerate(documents[first : first + _DOCUMENTS_ON_A_PAGE], start=first + 1)
    beginning = "\N{RIGHT-TO-LEFT MARK}" if phrases.is_right_to_left else ""
    lines += [f"{beginning}{place}. {citation(about, None, phrases)}" for place, about in shown]
    if count > 1:
        lines.append(escaped(phrases.say(PhraseName.PAGE_OF, number=str(number), count=str(count))))
    return Rendered("\n".join(lines), _turning(number, count, phrases))


def _turning(number: int, count: int, phrases: Phrases) -> Rows:
    ways = ((PhraseName.BUTTON_PREVIOUS, number - 1), (PhraseName.BUTTON_NEXT, number + 1))
    kind = ButtonKind.DOCUMENTS
    shown = [button(phrases.say(label), kind, "0", to) for label, to in ways if 1 <= to <= count]
    return (row(phrases, *shown),) if shown else ()


def receipt_message(kept: Receipt, answer_id: str, phrases: Phrases) -> Rendered:
    """How an answer came about: for those who want to check it, or to complain about it by its id."""
    identity = one_line(answer_id, _LONGEST_NAME)
    lines = [*_circumstances(kept, phrases)]
    for rank, excerpt in enumerate(kept.excerpts[:_EXCERPTS_ON_A_RECEIPT], start=1):
        lines += ["", *_excerpt(rank, excerpt, phrases)]
    lines += ["", phrases.say(PhraseName.RECEIPT_LATER, command=f"/why {identity}")]
    heading = bold(phrases.say(PhraseName.RECEIPT_HEADING, id=identity))
    return Rendered("\n".join([heading, *map(escaped, lines)]))


def _circumstances(kept: Receipt, phrases: Phrases) -> Iterator[str]:
    facts = kept.circumstances
    outcomes = {
        "answer": PhraseName.RECEIPT_OUTCOME_ANSWER,
        "related": PhraseName.RECEIPT_OUTCOME_RELATED,
        "none": PhraseName.RECEIPT_OUTCOME_NONE,
    }
    if facts.asked:  # the person may have asked to be forgotten
        yield phrases.say(PhraseName.RECEIPT_ASKED, question=one_line(facts.asked, LONGEST_QUESTION))
        yield phrases.say(PhraseName.RECEIPT_UNDERSTOOD, question=one_line(facts.understood, LONGEST_QUESTION))
    yield phrases.say(outcomes[kept.outcome])
    yield phrases.say(PhraseName.RECEIPT_CONFIDENCE, percent=f"{facts.confidence:.0%}")
    yield phrases.say(PhraseName.RECEIPT_GENERATION, number=str(facts.generation))
    yield phrases.say(PhraseName.RECEIPT_EMBEDDER, name=one_line(facts.embedder, _LONGEST_NAME))


def _excerpt(rank: int, excerpt: StoredExcerpt, phrases: Phrases) -> Iterator[str]:
    document = one_line(excerpt.document, _LONGEST_NAME)
    yield phrases.say(PhraseName.RECEIPT_EXCERPT, rank=str(rank), document=document)
    yield phrases.say(PhraseName.RECEIPT_SPAN, start=str(excerpt.start), end=str(excerpt.end))
    yield phrases.say(PhraseName.RECEIPT_SCORE, score=f"{excerpt.score:.3f}")
    if excerpt.document_sha256:
        yield phrases.say(PhraseName.RECEIPT_HASH, hash=excerpt.document_sha256)
