"""Rendered messages as Telegram reads them, and replies of any kind to render."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from bot.buttons import Rendered, pressed
from bot.markup import begins_right_to_left
from bot.phrases import Phrases
from index.document import About, Span
from retrieval.answer import Answer, Circumstances, Excerpt, NotFound, Related, Reply
from tests.telegram import keyboards
from tests.telegram.markup import read_html
from tests.telegram.texts import Formatted, is_blank, utf16_length

RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"
HOSTILE = st.sampled_from(
    [
        "<b>", "</blockquote>", "&amp;", "& \"'", "<a href='x'>", "\x00", "\x1b[31m", "\r\n", "\ud800", "\udfff",
        "\u202e", "\u2068", "\u2069", "\u2028", "😀", "\N{RIGHT-TO-LEFT MARK}", "@mention #وسم /start",
        "93.21٪", ". ", "، ",
    ]
)  # fmt: skip
LETTERS = st.text("ابتثمنوي مقاطعة.،\n VNPTabc 0123٣<>&\"'", min_size=1, max_size=60)
TEXTS = st.lists(HOSTILE | LETTERS | st.text(max_size=20), min_size=1, max_size=6).map("".join).filter(len)
LONG_TEXTS = st.builds(lambda text, times: (text * times)[:9_000], TEXTS, st.integers(1, 200))
URLS = st.none() | st.sampled_from(
    [
        "https://example.org/a?b=1&c=\"2\"", "http://مثال.إختبار/تقرير", "javascript:alert(1)", "https://", "file:///x",
        "https://a b", "https://[::1", "tg://user?id=1", "https://example.org/" + "a" * 5_000,
        "https://x.y/?" + "&" * 2_000, "https://x.y/?" + "&" * 400, "https://x/\ud800", "",
        "x.y",
    ]
)  # fmt: skip


@st.composite
def excerpts(draw: st.DrawFn) -> Excerpt:
    text = draw(TEXTS | LONG_TEXTS)
    places = st.integers(0, len(text))
    ends = draw(st.lists(st.tuples(places, places), max_size=200))
    marks = tuple(Span(min(pair), max(pair)) for pair in ends if pair[0] != pair[1])
    days = st.none() | st.dates(dt.date(1900, 1, 1))
    about = About(draw(LONG_TEXTS), draw(st.none() | LONG_TEXTS), draw(days), draw(URLS))
    page, start = draw(st.none() | st.integers(1, 10**6)), draw(st.integers(0, 10**7))
    return Excerpt("report.pdf", about, page, Span(start, start + len(text)), text, marks, 0.5)


def circumstances(question: str = "كم؟", *, is_cut: bool = False, language: str | None = "ar") -> Circumstances:
    return Circumstances(question, question, language, is_cut, 0.5, 1, "model", 0.01)


@st.composite
def quoting(draw: st.DrawFn) -> Answer | Related:
    about = circumstances(draw(LONG_TEXTS), is_cut=draw(st.booleans()))
    quoted = tuple(draw(st.lists(excerpts(), min_size=1, max_size=4)))
    kind = draw(st.sampled_from(["answer", "side by side", "related"]))
    return Related(about, quoted) if kind == "related" else Answer(about, quoted, side_by_side=kind == "side by side")


@st.composite
def silent(draw: st.DrawFn) -> NotFound:
    language = draw(st.sampled_from(["ar", "en", "ur", "xx", None]))
    reason = draw(st.sampled_from(["not_found", "language", "empty"]))
    return NotFound(circumstances(draw(LONG_TEXTS), is_cut=draw(st.booleans()), language=language), reason)


def replies() -> st.SearchStrategy[Reply]:
    return st.one_of(quoting(), silent())


def sent(rendered: Rendered) -> Formatted:
    """The message as Telegram shows it; fails if Telegram would refuse it."""
    assert len(rendered.text.encode()) <= 32_768
    read = read_html(rendered.text)
    shown = read.cleaned()
    assert not is_blank(shown.text)
    assert utf16_length(shown.text) <= 4096
    assert len(shown.spans) <= 100
    rows = [
        [{"text": each.label, **({"url": each.url} if each.url else {"callback_data": each.data})} for each in row]
        for row in rendered.buttons
    ]
    if rows:
        keyboards.check({"inline_keyboard": rows})
    for row in rendered.buttons:
        assert row
        assert all(pressed(each.data) for each in row if each.data)
    return read


def reads_rightly(read: Formatted, phrases: Phrases) -> bool:
    """Whether the message's first paragraph has the direction of the language it is in."""
    return begins_right_to_left(read.text) == phrases.is_right_to_left


def quotations(read: Formatted) -> list[str]:
    """What stands in blocks of quotation, without the mark of direction before it."""
    blocks = [span for span in read.spans if span.kind == "expandable_blockquote"]
    return [read.text[span.start : span.end] for span in sorted(blocks, key=lambda span: span.start)]


def bold_in_quotations(read: Formatted) -> list[str]:
    blocks = [span for span in read.spans if span.kind == "expandable_blockquote"]
    return [
        read.text[span.start : span.end]
        for span in sorted(read.spans, key=lambda span: span.start)
        if span.kind == "bold" and any(block.start <= span.start and span.end <= block.end for block in blocks)
    ]


def kinds(rendered: Rendered) -> list[list[str]]:
    """What each button does, row by row."""
    return [
        [str(found.kind) if (found := pressed(each.data or "")) else "url" for each in row] for row in rendered.buttons
    ]
