"""Documents that were sent in: what each is, what is doubtful about it, and what may be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.administration_notices.paging import paged
from bot.administration_notices.reasons import reason
from bot.administration_notices.saying import LONGEST_REASON, bulleted, listed, short
from bot.buttons import ButtonKind, Rendered, Rows, button, row
from bot.markup import begins_right_to_left, bold, escaped, one_line, quotation
from bot.phrases import PhraseName, Phrases
from bot.shelf.errors import CaptionError
from bot.shelf.inspecting import Doubt, Inspection
from bot.shelf.naming import UNNAMED
from bot.shelf.sendings import Sending
from bot.shelf.staging import Staged
from index.document import Audience

ALL: Final = "all"
FOLDER: Final = "folder"
NONE: Final = "0"
ALBUM: Final = "a-"
"""Before what stands for documents that came together."""
_SHOWN: Final = 10  # documents of a list; an album has no more
_FAULTS_SHOWN: Final = 3
_MOST_NEAR: Final = 0.99  # what is not all there is not shown as 100 %
_LONGEST_LABEL: Final = 40
_DOUBTS: Final = {
    "reversed": PhraseName.DOUBT_REVERSED,
    "not_arabic": PhraseName.DOUBT_NOT_ARABIC,
    "wider": PhraseName.DOUBT_WIDER,
}
_FAULTS: Final = {
    "unknown": PhraseName.FAULT_UNKNOWN,
    "twice": PhraseName.FAULT_TWICE,
    "empty": PhraseName.FAULT_EMPTY,
    "date": PhraseName.FAULT_DATE,
    "url": PhraseName.FAULT_URL,
    "audience": PhraseName.FAULT_AUDIENCE,
    "title": PhraseName.FAULT_TITLE,
}
_LANGUAGES: Final = {"ar": PhraseName.LANGUAGE_ARABIC, "en": PhraseName.LANGUAGE_ENGLISH}
_AUDIENCES: Final[dict[Audience, PhraseName]] = {
    "public": PhraseName.STAGED_FOR_ALL,
    "officials": PhraseName.STAGED_FOR_OFFICIALS,
}


def card(seen: Inspection, phrases: Phrases, *, others: int = 0, sending: Sending | None = None) -> Rendered:
    """What a staged document is, with what may be done about it; ``others`` wait beside it.

    ``sending``: the message that it is shown for, if it is shown for one.
    """
    staged, about = seen.staged, seen.about
    lines = [_heading(about.title if about else staged.name, phrases)]
    lines += map(escaped, _facts(seen, phrases))
    if seen.first_lines:
        lines += [escaped(phrases.say(PhraseName.STAGED_BEGINNING)), quotation("\n".join(seen.first_lines), ())]
    if staged.replaces:
        lines.append(escaped(phrases.say(PhraseName.STAGED_REPLACES, name=short(staged.replaces))))
    lines += [f"⚠ {escaped(_doubt(doubt, phrases))}" for doubt in seen.doubts]
    if staged.misread:
        lines += [f"⚠ {escaped(each)}" for each in _fault(staged.misread.error, phrases)]
    lines += map(escaped, _again(staged, sending, phrases))
    return Rendered("\n".join(lines), _card_buttons(seen, phrases, others=others))


def _heading(title: str, phrases: Phrases) -> str:
    """A title in bold, read in the direction of the message whatever it begins with."""
    shown = short(title)
    turns = phrases.is_right_to_left and not begins_right_to_left(shown)
    return ("\N{RIGHT-TO-LEFT MARK}" if turns else "") + bold(shown)


def _again(staged: Staged, sending: Sending | None, phrases: Phrases) -> Iterator[str]:
    """What is to be told to somebody whose file was staged before."""
    if sending is None or sending.is_same(staged.sendings[0]):
        return
    yield phrases.say(PhraseName.STAGED_KNOWN)
    if sending.said.audience == "public" != staged.entry.audience and "audience" in sending.said.model_fields_set:
        yield phrases.say(PhraseName.STAGED_KEPT_CLOSED)


def _facts(seen: Inspection, phrases: Phrases) -> Iterator[str]:
    about = seen.about
    yield phrases.say(PhraseName.STAGED_FILE, name=short(seen.staged.name))
    if about is None:
        return
    if about.place:
        yield phrases.say(PhraseName.STAGED_PLACE, place=short(about.place))
    if about.published:
        yield phrases.say(PhraseName.STAGED_DATE, date=about.published.isoformat())
    if about.url:
        yield phrases.say(PhraseName.STAGED_ADDRESS, address=short(about.url))
    yield phrases.say(_AUDIENCES[about.audience])
    pages = [phrases.say(PhraseName.COUNT_PAGES, count=seen.pages)] if seen.pages else []
    words = phrases.say(PhraseName.COUNT_WORDS, count=seen.words)
    yield listed([*pages, words, phrases.say(PhraseName.COUNT_PASSAGES, count=seen.passages)], phrases)
    language = _LANGUAGES.get(seen.language or "")
    name = phrases.say(language) if language else seen.language or phrases.say(PhraseName.LANGUAGE_UNKNOWN)
    yield phrases.say(PhraseName.STAGED_LANGUAGE, name=name)


def _doubt(doubt: Doubt, phrases: Phrases) -> str:
    if doubt.like and doubt.concern == "near":
        percent = f"{min(doubt.like.share, _MOST_NEAR):.0%}"
        return phrases.say(PhraseName.DOUBT_NEAR, percent=percent, name=short(doubt.like.name))
    if doubt.like:
        name = PhraseName.DOUBT_SAME if doubt.concern == "same" else PhraseName.DOUBT_WAITING
        return phrases.say(name, name=short(doubt.like.name))
    return reason(doubt.cause, phrases) if doubt.cause else phrases.say(_DOUBTS[doubt.concern])


def _fault(fault: CaptionError, phrases: Phrases) -> tuple[str, str]:
    why = phrases.say(_FAULTS[fault.fault])
    said = phrases.say(PhraseName.CAPTION_FAULT, line=str(fault.line), reason=why)
    return said, phrases.say(PhraseName.CAPTION_CLOSED)


def _card_buttons(seen: Inspection, phrases: Phrases, *, others: int) -> Rows:
    staged, rows = seen.staged, []
    retitle = button(phrases.say(PhraseName.BUTTON_RETITLE), ButtonKind.RETITLE, staged.id)
    discard = button(phrases.say(PhraseName.BUTTON_DISCARD), ButtonKind.DISCARD, staged.id)
    if seen.problem:
        rows.append(row(phrases, discard))
    else:
        publish = button(phrases.say(PhraseName.BUTTON_PUBLISH), ButtonKind.CHANGE, staged.id)
        rows.append(row(phrases, publish, retitle, discard))
    if staged.replaces:
        rows.append((button(phrases.say(PhraseName.BUTTON_KEEP_BOTH), ButtonKind.REPLACE, staged.id, "no"),))
    elif not seen.problem and seen.like:
        rows.append((button(phrases.say(PhraseName.BUTTON_REPLACE), ButtonKind.REPLACE, staged.id, "yes"),))
    if others:
        rows.append((button(phrases.say(PhraseName.BUTTON_STAGED), ButtonKind.STAGED, NONE),))
    return tuple(rows)


def caption_refused(fault: CaptionError, phrases: Phrases) -> Rendered:
    """A new title, or the lines with it, were not understood; nothing changed."""
    return Rendered(escaped(_fault(fault, phrases)[0]))


def waiting(staged: Sequence[Staged], phrases: Phrases, page: int = 1) -> Rendered:
    """A page of the staged documents, the newest first, with a button to publish all of all pages together."""
    folder = (button(phrases.say(PhraseName.BUTTON_FOLDER), ButtonKind.CHANGE, FOLDER),)
    heading = bold(phrases.say(PhraseName.STAGED_HEADING, count=len(staged)))
    if not staged:
        return Rendered("\n".join([heading, escaped(phrases.say(PhraseName.STAGED_HOW))]), (folder,))
    shown = paged(staged[::-1], page, _SHOWN)
    lines = [heading, *bulleted((_line(each, phrases) for each in shown.shown), phrases), *shown.line(phrases)]
    label = PhraseName.BUTTON_PUBLISH_ALL if _publishable(staged) > 1 else PhraseName.BUTTON_PUBLISH
    publish = (button(phrases.say(label), ButtonKind.CHANGE, ALL),)
    rows = (*_openings(shown.shown), *shown.turning(ButtonKind.STAGED, phrases))
    return Rendered("\n".join(lines), (*rows, *((publish,) if _publishable(staged) else ()), folder))


def album(staged: Sequence[Staged], group: str, phrases: Phrases, *, others: int) -> Rendered:
    """The documents of a group that came together, with a button to publish these; ``others`` wait beside them."""
    lines = [bold(phrases.say(PhraseName.ALBUM_HEADING, count=len(staged)))]
    lines += bulleted((_line(each, phrases) for each in staged[:_SHOWN]), phrases)
    faults = [each.misread.error for each in staged if each.misread]
    lines += [f"⚠ {escaped(line)}" for fault in faults[:_FAULTS_SHOWN] for line in _fault(fault, phrases)]
    rows = [*_openings(staged[:_SHOWN])]
    if publishable := _publishable(staged):
        label = PhraseName.BUTTON_PUBLISH_ALBUM if publishable > 1 else PhraseName.BUTTON_PUBLISH
        rows.append((button(phrases.say(label), ButtonKind.CHANGE, ALBUM + group),))
    if others > 0 or not staged:
        rows.append((button(phrases.say(PhraseName.BUTTON_STAGED), ButtonKind.STAGED, NONE),))
    return Rendered("\n".join(lines), tuple(rows))


def _publishable(staged: Sequence[Staged]) -> int:
    return sum(each.problem is None for each in staged)


def _openings(staged: Sequence[Staged]) -> Rows:
    """A button for each document that shows it."""
    return tuple(
        (button(one_line(_title(each), _LONGEST_LABEL) or UNNAMED, ButtonKind.STAGED, each.id),) for each in staged
    )


def _line(staged: Staged, phrases: Phrases) -> str:
    warned = "⚠ " if staged.misread or staged.is_doubtful else ""
    facts = [f"{warned}{one_line(_title(staged), 60) or UNNAMED}"]
    facts += [phrases.say(PhraseName.FOR_OFFICIALS_ONLY)] if staged.is_for_officials else []
    facts += [phrases.say(PhraseName.STAGED_REFUSED)] if staged.problem else []
    return listed(facts, phrases)


def _title(staged: Staged) -> str:
    return staged.entry.title or staged.name


def discarded(staged: Staged, phrases: Phrases) -> Rendered:
    """That a document will not be published."""
    others = button(phrases.say(PhraseName.BUTTON_STAGED), ButtonKind.STAGED, NONE)
    return Rendered(escaped(phrases.say(PhraseName.DISCARDED, name=short(staged.name))), ((others,),))


def discarding(staged: Staged, phrases: Phrases) -> Rendered:
    """Whether a document shall really be removed: it cannot be brought back."""
    said = phrases.say(PhraseName.DISCARD_ASK, name=short(staged.name))
    yes = button(phrases.say(PhraseName.BUTTON_DISCARD_YES), ButtonKind.DISCARD, staged.id, "yes")
    back = button(phrases.say(PhraseName.BUTTON_BACK), ButtonKind.STAGED, staged.id)
    return Rendered(escaped(said), (row(phrases, yes, back),))


def retitle_prompt(staged: Staged, phrases: Phrases) -> Rendered:
    """Asks for a new title; ends with the id of the document, which the reply to it brings back."""
    return Rendered(escaped(phrases.say(PhraseName.RETITLE_PROMPT, name=short(staged.name), id=staged.id)))


def retitle_placeholder(phrases: Phrases) -> str:
    """What stands in the empty field for the new title."""
    return phrases.say(PhraseName.RETITLE_PLACEHOLDER)


def too_large(name: str, folder: str, phrases: Phrases) -> Rendered:
    """A file is larger than what Telegram hands over to bots: where to put it instead."""
    said = phrases.say(PhraseName.FILE_TOO_LARGE, name=short(name), folder=one_line(folder, LONGEST_REASON))
    return Rendered(escaped(said))


def over_limit(name: str, megabytes: int, phrases: Phrases) -> Rendered:
    """A file is larger than what the settings allow."""
    return Rendered(escaped(phrases.say(PhraseName.FILE_OVER_LIMIT, name=short(name), number=str(megabytes))))
