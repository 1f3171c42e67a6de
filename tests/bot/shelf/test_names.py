from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shelf.naming import LONGEST, safe_name, unique_name
from index.formats import FORMATS
from index.sources import find_sources

HOSTILE = (
    "../../etc/passwd",
    "..\\..\\windows\\system32\\cmd.exe",
    "/etc/shadow.pdf",
    "C:\\report.pdf",
    "....//....//x.pdf",
    ".htaccess",
    "~$report.docx",
    "catalogue.toml",
    "CON",
    "nul.txt",
    "COM1.pdf",
    "-rf",
    "a\0b.pdf",
    "report\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe",
    "a" * 5000,
    "ت" * 5000 + ".pdf",
    "",
    " ",
    ".",
    "..",
    "/",
    "\ud800",
    "a\nb\rc\td.pdf",
    "report.pdf ",
    "report.",
    "%2e%2e%2fpasswd",
)
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.characters(), max_size=400),
    st.lists(
        st.sampled_from(["..", "/", "\\", ".", " ", "con", "\0", "\N{RIGHT-TO-LEFT MARK}", "م", "é", "a", "~$"])
    ).map("".join),
)
suffixes = st.sampled_from(sorted(FORMATS))


@given(hostile, suffixes)
def test_whatever_a_file_is_called_its_name_is_safe(suggested: str, suffix: str) -> None:
    name = safe_name(suggested, suffix)
    assert name.endswith(suffix)
    assert name == unicodedata.normalize("NFC", name)
    assert len(name.encode()) <= LONGEST + 1
    assert not re.search(r'[/\\\0<>:"|?*]', name)
    assert not any(unicodedata.category(character).startswith("C") for character in name)
    assert name[0] not in ".~$ -"
    stem = name.removesuffix(suffix)
    assert stem
    assert stem == stem.rstrip(" .")
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)", stem.split(".")[0])
    assert Path("/folder", name).resolve().parent == Path("/folder")


@given(hostile, suffixes)
def test_a_safe_name_stays_as_it_is(suggested: str, suffix: str) -> None:
    name = safe_name(suggested, suffix)
    assert safe_name(name, suffix) in (name, f"_{name}")


@given(hostile, suffixes, st.integers(0, 4))
def test_names_are_told_apart_whatever_their_capitals(suggested: str, suffix: str, others: int) -> None:
    taken: list[str] = []
    for _ in range(others + 1):
        name = unique_name(safe_name(suggested, suffix).swapcase(), taken) if taken else safe_name(suggested, suffix)
        assert name.casefold() not in {other.casefold() for other in taken}
        assert len(name.encode()) <= LONGEST + 8
        taken.append(name)


@pytest.mark.parametrize("suggested", HOSTILE)
def test_such_a_file_can_be_written_and_indexed(suggested: str, tmp_path: Path) -> None:
    (tmp_path / safe_name(suggested, ".txt")).write_text("نص", encoding="utf-8")
    found = find_sources([tmp_path], max_bytes=100)
    assert (len(found.sources), found.refused) == (1, ())


def test_what_can_stay_of_a_name_stays() -> None:
    assert safe_name("تقرير المدارس ٢٠٢٣.PDF", ".pdf") == "تقرير المدارس ٢٠٢٣.pdf"
    assert safe_name("Báo cáo.docx", ".pdf") == "Báo cáo.pdf"
    assert safe_name("/tmp/../x/report.v2.txt", ".txt") == "report.v2.txt"
    assert unique_name("A.pdf", ["a.PDF", "a (2).pdf"]) == "A (3).pdf"
