from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.formats.plain import Plain

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
WORDS = "في من على المياه التقرير الوزارة السنة المالية بلغت نسبة عدد السكان ارتفع مليون كما القطاع الخاص".split()
SENTENCE = "بلغت نسبة المياه المعالجة في المحافظات 93.21% سنة 2023، كما جاء في التقرير."

arabic_letters = st.text(st.sampled_from([*map(chr, range(0x621, 0x653)), *" \n0123456789.،؟"]), min_size=1)
arabic_reports = st.lists(st.sampled_from(WORDS), min_size=20).map(" ".join)


def read(content: bytes) -> str:
    return Plain().read(content, name="report.txt").text


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read(content)
    assert caught.value.name == "report.txt"
    return caught.value.reason


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_utf8_report_is_kept_exactly(seed: Path) -> None:
    assert read(seed.read_bytes()) == seed.read_text("utf-8")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_report_in_an_old_or_unmarked_encoding_comes_back_exactly(seed: Path, encoding: str) -> None:
    content = seed.read_text("utf-8").encode(encoding, "ignore")
    assert read(content) == content.decode(encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@given(text=arabic_letters.filter(lambda text: any(map(str.isalpha, text))))
def test_a_byte_order_mark_names_the_encoding_and_is_dropped(mark: bytes, encoding: str, text: str) -> None:
    assert read(mark + text.encode(encoding)) == text


@given(text=arabic_letters.filter(lambda text: any(map(str.isalpha, text))))
def test_any_arabic_text_in_utf8_comes_back_exactly(text: str) -> None:
    assert read(text.encode("utf-8")) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1256", "iso8859_6"])
@given(text=arabic_reports)
def test_any_arabic_text_of_some_length_comes_back_exactly(encoding: str, text: str) -> None:
    assert read(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6"])
@pytest.mark.parametrize("length", [10, 20, 40, 80])
def test_a_short_text_is_refused_rather_than_misread(encoding: str, length: int) -> None:
    whole = SEEDS[0].read_text("utf-8").encode(encoding, "ignore")
    wrong = right = 0
    for start in range(0, len(whole) - length, 7):
        piece = whole[start : start + length]
        try:
            text = read(piece)
        except SourceError:
            continue
        right += text == piece.decode(encoding)
        wrong += text != piece.decode(encoding)
    assert wrong <= 0.01 * right


def test_arabic_with_every_vowel_sign_is_read_from_windows_1256() -> None:
    text = "الحَمْدُ لِلَّهِ رَبِّ العَالَمِينَ الرَّحْمَنِ الرَّحِيمِ مَالِكِ يَوْمِ الدِّينِ"
    assert read(text.encode("cp1256")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет всем участникам конференции по водным ресурсам", "cp1251"),
        ("Привет всем участникам", "koi8-r"),
        ("Ελληνικά κείμενα για το νερό", "cp1253"),
        ("שלום לכולם בכנס המים", "cp1255"),
        ("Größe für Übung und Maß", "cp1252"),
        ("水资源报告第一部分", "gbk"),
    ],
)
def test_other_old_encodings_are_refused_rather_than_shown_as_arabic(text: str, encoding: str) -> None:
    assert "encoding that cannot be told" in refusal(text.encode(encoding))


@pytest.mark.parametrize(("position", "first"), [(39, 39), (40, 39)])
def test_utf8_with_one_damaged_character_is_refused_and_not_taken_for_windows_1256(position: int, first: int) -> None:
    content = bytearray(SENTENCE.encode("utf-8"))
    content[position] = 0xFF
    assert f"damaged character at byte {first}" in refusal(bytes(content))


def test_utf8_cut_in_the_middle_of_a_letter_is_refused() -> None:
    assert "damaged character" in refusal(SENTENCE[:20].encode("utf-8")[:-1])


def test_marked_text_that_is_damaged_is_refused() -> None:
    assert "UTF-16-LE" in refusal(codecs.BOM_UTF16_LE + b"\x00\xd8\x41")


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01\x00\x00\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        SENTENCE.encode("utf-8") + b"\x00",
        bytes(range(256)),
        codecs.BOM_UTF8 + b"a\x00b",
    ],
)
def test_a_file_that_is_no_text_is_refused(content: bytes) -> None:
    assert "is not a text file" in refusal(content)


@pytest.mark.parametrize("content", [b"", b" \n\t", codecs.BOM_UTF8, b"123 456 - 7\n"])
def test_a_file_without_letters_holds_no_text(content: bytes) -> None:
    assert refusal(content) == "holds no text"


def test_line_ends_become_line_feeds_and_marks_inside_are_dropped() -> None:
    assert read("سطر\r\nسطر\rسطر\n\N{ZERO WIDTH NO-BREAK SPACE}سطر".encode()) == "سطر\nسطر\nسطر\nسطر"


def test_nothing_else_is_changed() -> None:
    text = "  ﷲ\N{NO-BREAK SPACE}ﻻ ـ\t٣ ½\n\n\nلا\N{ZERO WIDTH NON-JOINER}شيء  "
    assert read(text.encode()) == text


@given(content=st.binary(max_size=300))
def test_any_bytes_give_text_without_surrogates_and_nul_or_a_refusal(content: bytes) -> None:
    try:
        text = read(content)
    except SourceError:
        return
    assert "\0" not in text
    assert text.encode("utf-8").decode("utf-8") == text
