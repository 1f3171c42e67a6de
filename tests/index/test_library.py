from __future__ import annotations

from pathlib import Path

import pytest

from index import library as library_module
from index.generations import FileGenerations
from tests.index.builds import build, shipped


@pytest.mark.parametrize("worth", [1, 10**9])
def test_a_large_library_finds_the_same_vectors_in_another_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worth: int
) -> None:
    (tmp_path / "تقرير.txt").write_text("بلغ عدد المدارس 40 مدرسة.\n\nبلغ طول الطريق 12 كيلومترًا.", encoding="utf-8")
    build(tmp_path / "data", tmp_path / "تقرير.txt")
    library = FileGenerations(tmp_path / "data").open_live()
    monkeypatch.setattr(library_module, "_WORTH_A_THREAD", worth)
    vector = shipped().embed_question("ما طول الطريق؟")
    assert library.nearest(vector, top=2).result() == library.vectors.search(vector, top=2)
