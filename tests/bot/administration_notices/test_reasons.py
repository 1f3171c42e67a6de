from __future__ import annotations

import re
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.administration_notices.changes import progress
from bot.administration_notices.health import build_failed
from bot.administration_notices.reasons import REASONS, TROUBLES, failure, reason, trouble
from bot.jobs.troubles import KEPT, Kind, Trouble, kept, trouble_of
from bot.phrases import Phrases, phrases
from bot.shelf.errors import CannotBePublished, NotStaged, QuestionsError, StaleProposal, UnknownDocument
from bot.shelf.staging import Staged
from bot.state.values import Job, JobState, JsonObject
from index.errors import (
    AliasesError,
    BuildFailed,
    DamagedGeneration,
    DocumentLost,
    EmbedderUnavailable,
    LibraryLocked,
    NothingToIndex,
    SourceError,
)
from index.reasons import SENTENCES, Cause, Reason
from tests.bot.messages import LONG_TEXTS, reads_rightly, sent

ARABIC, ENGLISH = phrases("ar", isolates=False), phrases("en", isolates=False)
BOTH = pytest.mark.parametrize("spoken", [ARABIC, ENGLISH], ids=["ar", "en"])
FORMATS = re.compile(r"UTF-8|PDF|Word|docx?\b")
LATIN = re.compile(r"[A-Za-z]")
FOREIGN = "[Errno 5] Input/output error"
NO_ROOM = OSError(28, "No space left on device")
COUNTED = {"count", "seconds"}


def caused(why: Reason) -> Cause:
    """A cause with a value for each place of its sentence."""
    names = {name for _, name, _, _ in Formatter().parse(SENTENCES[why]) if name}
    return Cause.of(why, **{name: 3 if name in COUNTED else "٣" for name in names})


def failed(result: JsonObject, error: str) -> Job:
    return Job("j", "change", 1, 1.0, {}, JobState.FAILED, ended=2.0, result=result, error=error)


def stopped(error: BaseException) -> BuildFailed:
    """A build that an error ended, as the builder says it."""
    told = BuildFailed(f"the build stopped ({error}); the live index is untouched")
    told.__cause__ = error
    return told


def test_every_code_has_a_phrase() -> None:
    assert set(REASONS) == set(Reason)
    assert set(TROUBLES) == set(Kind)


@BOTH
@pytest.mark.parametrize("why", list(Reason))
def test_every_reason_is_a_sentence_in_the_language_of_who_asks(why: Reason, spoken: Phrases) -> None:
    said = reason(caused(why), spoken)
    if spoken is ARABIC:
        assert not LATIN.search(FORMATS.sub("", said)), said
    else:
        assert LATIN.match(said)
    assert said != str(caused(why))


def test_numbers_are_counted_as_arabic_counts() -> None:
    for count, said in ((2, "أكثر من صفحتين"), (5, "5 صفحات"), (5_000, "5,000 صفحة")):
        assert said in reason(Cause.of(Reason.TOO_MANY_PAGES, count=count), ARABIC)
    assert "في 300 ثانية" in reason(Cause.of(Reason.TOO_SLOW, seconds=300), ARABIC)


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (CannotBePublished("أ.pdf", Cause(Reason.LOCKED)), Kind.UNPUBLISHABLE, "محميّ بكلمة سرّ"),
        (SourceError("أ.pdf", Reason.DAMAGED_PAGE, page=3), Kind.UNPUBLISHABLE, "الصفحة 3 تالفة"),
        (NothingToIndex("nothing read", (SourceError("أ.txt", Reason.EMPTY),)), Kind.UNPUBLISHABLE, "أ.txt"),
        (NothingToIndex("no document found"), Kind.NOTHING_TO_INDEX, "لا تقرير"),
        (QuestionsError("/data/questions.toml", FOREIGN), Kind.BESIDE, FOREIGN),
        (AliasesError("/a/aliases.toml", Reason.NO_LETTERS, spelling="…"), Kind.BESIDE, "لا حروف"),
        (NotStaged("0123456789"), Kind.NOT_STAGED, "لم يعد في الانتظار"),
        (UnknownDocument("أ.txt"), Kind.UNKNOWN_DOCUMENT, "أ.txt"),
        (StaleProposal("changed"), Kind.STALE, "تغيّرت المكتبة"),
        (LibraryLocked("process 7"), Kind.BUSY, "تحديث آخر"),
        (DocumentLost("أ.txt"), Kind.LOST_DOCUMENT, "أ.txt"),
        (DamagedGeneration(3, "texts.bin is missing"), Kind.DAMAGED, "النسخة 3"),
        (EmbedderUnavailable("/models/x", FOREIGN), Kind.NO_MODEL, FOREIGN),
        (NO_ROOM, Kind.NO_ROOM, "القرص ممتلئ"),
        (stopped(NO_ROOM), Kind.NO_ROOM, "القرص ممتلئ"),
        (stopped(MemoryError()), Kind.NO_MEMORY, "ذاكرة"),
        (KeyError("x"), Kind.SYSTEM, "خطأ في النظام"),
        (ValueError(), Kind.SYSTEM, "ValueError"),
    ],
)
def test_what_comes_in_the_way_of_a_change_is_kept_as_a_code_and_said(
    error: BaseException, kind: Kind, said: str
) -> None:
    assert trouble_of(error).kind is kind
    told = failure(failed(kept(error), str(error)), ARABIC)
    assert said in told
    assert told == trouble(trouble_of(error), ARABIC)
    assert kind is Kind.SYSTEM or str(error) not in told


def test_the_words_of_a_system_are_read_from_left_to_right() -> None:
    told = failure(failed(kept(OSError(5, "Input/output error")), ""), phrases("ar"))
    assert f"\N{LEFT-TO-RIGHT ISOLATE}{FOREIGN}\N{POP DIRECTIONAL ISOLATE}" in told


@pytest.mark.parametrize("result", [{}, {KEPT: {"kind": "of a later version"}}, {KEPT: "x"}])
def test_what_another_version_kept_is_still_shown(result: JsonObject) -> None:
    assert "خطأ في النظام: " in failure(failed(result, "its disk is full"), ARABIC)
    assert "its disk is full" in failure(failed(result, "its disk is full"), ARABIC)
    done = Job("j", "change", 1, 1.0, {}, JobState.DONE, result={"refused": [{"document": "a.txt", "reason": "old"}]})
    assert "old" in progress(done, 1.0, ARABIC).text


def test_a_staged_document_that_another_version_kept_says_its_problem() -> None:
    about = {
        "id": "0123456789",
        "name": "a.txt",
        "suffix": ".txt",
        "size": 1,
        "sha256": "",
        "entry": {},
        "by": 1,
        "at": 1,
    }
    kept_then = Staged.model_validate({**about, "problem": "is not a text file"})
    assert kept_then.problem == Cause.of(Reason.TOLD, text="is not a text file")
    assert Staged.model_validate_json(kept_then.model_dump_json()) == kept_then
    damaged = Staged.model_validate({**about, "problem": Cause.of(Reason.DAMAGED_PAGE, page=3)})
    assert Staged.model_validate_json(damaged.model_dump_json()) == damaged


@settings(max_examples=60, deadline=None)
@given(LONG_TEXTS, st.sampled_from([phrases("ar"), phrases("en")]))
def test_any_trouble_can_be_sent(text: str, spoken: Phrases) -> None:
    for met in (
        Trouble.of(Kind.SYSTEM, text=text),
        Trouble(Kind.UNPUBLISHABLE, (("name", text),), Cause.of(Reason.CANNOT_BE_READ, text=text)),
        Trouble(Kind.BESIDE, (("name", text),), Cause.of(Reason.TWO_PLACES, spelling=text, first=text, second=text)),
    ):
        assert 1 < len(trouble(met, spoken)) < 1_000
    assert reads_rightly(sent(build_failed(failed({}, text), spoken)), spoken)
