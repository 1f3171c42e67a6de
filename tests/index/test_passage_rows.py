from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.document import Passage, Span
from index.stores.passages import VECTORS_FILE, FilePassages, PassageWriter

VECTORS = np.random.default_rng(5).normal(size=(5, 8)).astype(np.float32)


def filled(folder: Path) -> PassageWriter:
    writer = PassageWriter(folder, 8)
    assert writer.add(0, [Span(0, 10), Span(11, 20)]) == range(2)
    assert writer.add(1, []) == range(2, 2)
    assert writer.add(2, [Span(5, 6), Span(7, 2**30), Span(2**30, 2**30 + 1)]) == range(2, 5)
    return writer


def test_rows_come_back_with_the_vectors_they_were_given_in_any_order(tmp_path: Path) -> None:
    writer = filled(tmp_path)
    writer.add_vectors(range(2, 5), VECTORS[2:])
    writer.add_vectors([1, 0], VECTORS[[1, 0]])
    given_back = writer.finish()
    passages = FilePassages(tmp_path)
    assert [passages[row] for row in (0, 1, 4)] == [
        Passage(0, Span(0, 10)),
        Passage(0, Span(11, 20)),
        Passage(2, Span(2**30, 2**30 + 1)),
    ]
    assert len(passages) == passages.stored_vectors() == 5
    assert given_back == pytest.approx(VECTORS, rel=1e-3)
    assert np.array_equal(passages.vectors_of([4, 0]), given_back[[4, 0]])
    assert np.array_equal(passages.vectors(range(1, 3)), given_back[1:3])
    assert np.array_equal(np.load(tmp_path / VECTORS_FILE), given_back)


def test_a_passage_without_a_vector_or_with_one_that_is_no_number_is_not_written(tmp_path: Path) -> None:
    writer = filled(tmp_path)
    writer.add_vectors(range(4), VECTORS[:4])
    with pytest.raises(ValueError, match="a passage has no vector"):
        writer.finish()
    writer.add_vectors([4], np.full((1, 8), np.nan, np.float32))
    with pytest.raises(ValueError, match="no number"):
        writer.finish()


def test_vectors_are_read_when_their_file_is_removed_and_never_beyond_its_end(tmp_path: Path) -> None:
    writer = filled(tmp_path)
    writer.add_vectors(range(5), VECTORS)
    given_back = writer.finish()
    passages = FilePassages(tmp_path)
    (tmp_path / VECTORS_FILE).unlink()
    assert np.array_equal(passages.vectors_of(range(5)), given_back)
    with pytest.raises(IndexError):
        passages.vectors_of([5])


def test_a_file_of_vectors_that_was_cut_off_is_not_opened(tmp_path: Path) -> None:
    writer = filled(tmp_path)
    writer.add_vectors(range(5), VECTORS)
    writer.finish()
    whole = (tmp_path / VECTORS_FILE).read_bytes()
    (tmp_path / VECTORS_FILE).write_bytes(whole[:-1])
    with pytest.raises(ValueError, match=VECTORS_FILE):
        FilePassages(tmp_path)
