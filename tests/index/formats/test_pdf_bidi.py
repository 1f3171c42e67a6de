from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.pdf_bidi import MIRRORED, Piece, balanced, fixed_percent, logical

ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآ", min_size=1, max_size=7)
LATIN = st.lists(st.text("abcdeXYZ", min_size=1, max_size=5), min_size=1, max_size=3).map(" ".join)
DIGITS = st.text("0123456789", min_size=1, max_size=4) | st.text("٠١٢٣٤٥٦٧٨٩", min_size=1, max_size=4)
NUMBER = st.lists(DIGITS, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from(".,:/").map(lambda sign: sign.join(parts))
)


@st.composite
def typed_lines(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Items of a line with their kinds; Arabic stands between the others, as it does in Arabic prose."""
    items = [("arabic", draw(ARABIC))]
    for _ in range(draw(st.integers(0, 6))):
        one = draw(st.sampled_from(["number", "percent", "latin", "bracket", "range", "minus"]))
        match one:
            case "number" | "percent" | "minus":
                items.append((one, draw(NUMBER)))
            case "range":
                items.append((one, f"{draw(DIGITS)}-{draw(DIGITS)}"))
            case "latin":
                items.append((one, draw(LATIN)))
            case _:
                items.append((one, draw(ARABIC | LATIN)))
        items.append(("arabic", draw(ARABIC)))
    return items


def as_typed(items: list[tuple[str, str]]) -> str:
    forms = {"percent": "{}%", "bracket": "({})", "minus": "-{}"}
    return " ".join(forms.get(one, "{}").format(text) for one, text in items)


def as_seen(items: list[tuple[str, str]]) -> str:
    """The line from left to right, as the bidirectional algorithm shows it in an Arabic paragraph."""
    return " ".join(_seen(one, text) for one, text in reversed(items))


def _seen(one: str, text: str) -> str:
    match one:
        case "arabic":
            return text[::-1]
        case "percent":
            return f"%{text}"
        case "minus":
            return f"{text}-"
        case "range":
            return "-".join(reversed(text.split("-")))
        case "bracket":
            return f"({text if text.isascii() else text[::-1]})"
        case _:
            return text


def pieces(line: str) -> list[Piece]:
    return [Piece(letter, at) for at, letter in enumerate(line)]


@given(typed_lines())
def test_a_line_is_read_as_it_was_typed(items: list[tuple[str, str]]) -> None:
    assert logical(pieces(as_seen(items)), rtl=True, mirrored=True) == as_typed(items)


@given(typed_lines())
def test_brackets_named_as_typed_are_left_so(items: list[tuple[str, str]]) -> None:
    seen = "".join(MIRRORED.get(letter, letter) for letter in as_seen(items))
    assert logical(pieces(seen), rtl=True, mirrored=False) == as_typed(items)


@pytest.mark.parametrize(
    ("seen", "typed"),
    [
        ("NQ/TW-36 رارقلا", "القرار 36-NQ/TW"),
        ("COVID-19 ةحئاج", "جائحة COVID-19"),
        ("jpg.1 ةروص", "صورة 1.jpg"),
        ("Windows 10 جمانرب", "برنامج Windows 10"),
        ("93.21% ةبسن", "نسبة 93.21%"),
        ("2026 - 2025 ةرتفلا", "الفترة 2025 - 2026"),
        ("ميدقتل (VNeID) قيبطت", "تطبيق (VNeID) لتقديم"),
        ("5G ةكبش", "شبكة 5G"),
    ],
)
def test_codes_and_figures_come_back_as_typed(seen: str, typed: str) -> None:
    assert logical(pieces(seen), rtl=True, mirrored=True) == typed


def test_a_ligature_keeps_the_order_of_its_letters() -> None:
    assert logical([Piece("م"), Piece("لا"), Piece("س")], rtl=True, mirrored=True) == "سلام"


def test_arabic_inside_english_is_turned_and_the_english_is_not() -> None:
    seen = pieces("the word ريرقت means report (2024).")
    assert logical(seen, rtl=False, mirrored=True) == "the word تقرير means report (2024)."


def test_the_sign_of_a_percentage_stands_after_its_number() -> None:
    assert fixed_percent("بلغت %93.21 و٪٥٠") == "بلغت 93.21% و٥٠٪"
    assert fixed_percent("بلغت 93.21% 5") == "بلغت 93.21% 5"


def test_turned_brackets_are_closed_and_list_numbers_left() -> None:
    assert balanced("الاسم )الكامل( هنا") == "الاسم (الكامل) هنا"
    assert balanced("1) الاسم (الكامل)") == "1) الاسم (الكامل)"
