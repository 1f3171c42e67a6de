from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stores.texts import Place, Texts, TextWriter
from tests.index.material import REPORTS

texts = st.lists(
    st.one_of(st.text(), st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF)), st.sampled_from(REPORTS)),
    min_size=1,
)


def stored(written: list[str], folder: Path) -> tuple[Texts, list[Place]]:
    writer = TextWriter(folder)
    places = [writer.add(text) for text in written]
    writer.close()
    return Texts(folder), places


@given(texts.filter(any), st.data())
def test_any_slice_of_any_text_comes_back_exactly(written: list[str], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        opened, places = stored(written, Path(folder))
        for text, place in zip(written, places, strict=True):
            start = data.draw(st.integers(0, len(text)))
            end = data.draw(st.integers(start, len(text)))
            assert opened.slice(place, start, end) == text[start:end]
            assert opened.slice(place, 0, place.length) == text


def test_offsets_count_code_points_also_beyond_the_basic_plane(tmp_path: Path) -> None:
    written = ["تقرير 😀 عام 𐤀𐤁", "تقرير عام"]
    opened, (wide, narrow) = stored(written, tmp_path)
    assert opened.slice(wide, 6, 7) == "😀"
    assert opened.slice(wide, 12, 14) == "𐤀𐤁"
    assert opened.slice(narrow, 6, 9) == "عام"


@pytest.mark.parametrize("text", ["\uffff", "\U00010000", "\N{ZERO WIDTH NO-BREAK SPACE}نص", "a\r\nb\0", "éa"])
def test_no_character_is_lost_or_changed(tmp_path: Path, text: str) -> None:
    opened, (place,) = stored([text], tmp_path)
    assert opened.slice(place, 0, len(text)) == text


@pytest.mark.parametrize(("start", "end"), [(0, 6), (6, 6), (-1, 2), (3, 2), (-3, -1), (0, 10**12)])
def test_what_lies_outside_a_text_cannot_be_cut_out(tmp_path: Path, start: int, end: int) -> None:
    opened, (_, place, _) = stored(["قبل", "تقرير", "بعد"], tmp_path)
    with pytest.raises(IndexError):
        opened.slice(place, start, end)


def test_a_text_is_read_on_when_its_file_is_removed(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    opened, (place,) = stored([REPORTS[0]], tmp_path / "texts")
    shutil.rmtree(tmp_path / "texts")
    assert opened.slice(place, 0, place.length) == REPORTS[0]
