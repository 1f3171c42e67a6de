from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.administration_notices import changes, library, staged
from bot.administration_notices.library import Difference, Listed, Version
from bot.buttons import Rendered
from bot.jobs.foreseeing import Foreseen
from bot.jobs.troubles import trouble_of
from bot.phrases import phrases
from bot.shelf.inspecting import Doubt, Inspection
from bot.shelf.likeness import Likeness
from bot.shelf.sendings import Misread, Sending
from bot.shelf.staging import Staged
from bot.state.values import Job, JobState
from index.catalogue import Entry
from index.document import About
from index.errors import SourceError
from index.reasons import Cause, Reason
from tests.bot.messages import LONG_TEXTS, URLS, sent

NAMES = st.lists(LONG_TEXTS, max_size=30).map(tuple)
ID = "0123456789"
SENDING = Sending(chat=1, message=2, by=1, fault=Misread(line=2, fault="date", problem="is no date"))


def a_staged(name: str, *, replaces: str | None = None, problem: Cause | None = None) -> Staged:
    return Staged(
        id=ID, name=name, suffix=".txt", size=1, sha256="a" * 64, entry=Entry(), by=1, at=1.0,
        replaces=replaces, problem=problem, sendings=(SENDING,),
    )  # fmt: skip


@st.composite
def inspections(draw: st.DrawFn) -> Inspection:
    about = About(draw(LONG_TEXTS), draw(LONG_TEXTS), dt.date(2024, 1, 1), draw(URLS))
    doubts = (Doubt("near", like=Likeness(draw(LONG_TEXTS), 0.5)), Doubt("not_arabic"), Doubt("reversed"))
    lines = tuple(line[:200] for line in draw(st.lists(LONG_TEXTS, min_size=5, max_size=5)))
    kept = a_staged(draw(LONG_TEXTS), replaces=draw(st.none() | LONG_TEXTS))
    return Inspection(kept, about, draw(st.none() | st.integers(1, 999)), 3, 11, "ar", lines, doubts)


@settings(max_examples=60, deadline=None)
@given(inspections(), LONG_TEXTS)
def test_any_staged_document_can_be_shown(seen: Inspection, reason: str) -> None:
    for words in (phrases("ar"), phrases("en")):
        sent(staged.card(seen, words, others=2, sending=SENDING.model_copy(update={"message": 3})))
        sent(
            staged.card(
                Inspection(seen.staged, doubts=(Doubt("unreadable", Cause.of(Reason.CANNOT_BE_OPENED, text=reason)),)),
                words,
            )
        )
        sent(staged.retitle_prompt(seen.staged, words))
        for page in (1, 2):
            sent(staged.waiting([seen.staged] * 12, words, page))
        sent(staged.album([seen.staged] * 10, SENDING.group, words, others=2))
        sent(staged.too_large(reason, reason, words))


def test_a_title_in_latin_letters_is_read_from_right_to_left_in_arabic() -> None:
    seen = Inspection(a_staged("a.txt"), About("Schools 2023", None, None, None))
    assert staged.card(seen, phrases("ar")).text.startswith("\N{RIGHT-TO-LEFT MARK}<b>Schools")
    assert staged.card(seen, phrases("en")).text.startswith("<b>Schools")


@settings(max_examples=60, deadline=None)
@given(NAMES, LONG_TEXTS)
def test_any_change_and_any_state_of_an_update_can_be_told(names: tuple[str, ...], reason: str) -> None:
    refused = tuple(SourceError(name, Reason.CANNOT_BE_READ, text=reason) for name in names)
    said = dict.fromkeys(names, Entry(title="𐀀" * 80, audience="officials"))
    change = Foreseen(names, names, names, names, refused, 3, 100.0, said, names)
    result = {
        "documents": 2, "passages": 11, "embedded": 3, "seconds": 3.2, "failed": list(names),
        "refused": [{"document": name, "reason": reason} for name in names],
    }  # fmt: skip
    for words in (phrases("ar"), phrases("en")):
        sent(changes.foreseen(change, staged.ALL, "abc", words))
        sent(changes.impossible(trouble_of(OSError(reason)), "all", words))
        for state in JobState:
            for step in (None, "read", "index", "verify", "ask"):
                job = Job("j", "change", 1, 1.0, {}, state, 1, step, 3, 7, 1.0, None, 2, result, reason)
                sent(changes.progress(job, 100.0, words, before=2, undecided=True))


@settings(max_examples=60, deadline=None)
@given(NAMES, URLS)
def test_any_library_can_be_shown(names: tuple[str, ...], url: str | None) -> None:
    every = [Listed(f"{number:012x}", name, About(name, name, None, url), 3, 2) for number, name in enumerate(names)]
    versions = [Version(number, number == 3, "2026-11-22T08:16:00", number or None, 5) for number in range(12)]
    for words in (phrases("ar"), phrases("en")):
        shown: list[Rendered] = [library.documents(every, 2, words), library.versions(versions, words)]
        shown += [library.document(each, f"w-{each.id}", 1, words) for each in every[:3]]
        shown += [library.canaries(names, words), library.rolled_back(3, names, words)]
        shown += [library.rollback_question(Difference(3, 4, names, names, names), words)]
        for each in shown:
            sent(each)


def test_a_length_of_time_is_said_as_people_say_it() -> None:
    words = phrases("ar", isolates=False)
    job = Job("j", "change", 1, 0.0, {}, JobState.BUILDING, 1, "read", 1, 4, 0.0)
    assert "الوقت المتبقّي: 30 ثانية" in changes.progress(job, 10.0, words).text
    assert "الوقت المتبقّي: 5 دقائق" in changes.progress(job, 100.0, words).text
    assert "▓▓▓░░░░░░░░░ 25%" in changes.progress(job, 10.0, words).text
