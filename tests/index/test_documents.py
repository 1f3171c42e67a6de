from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import About, Document, Fingerprint
from index.protocols import DocumentStore
from index.stores.documents import DocumentWriter, FileDocuments
from tests.index.material import REPORTS
from tests.index.postgres.kinds import stored_in_postgres

FINGERPRINT = Fingerprint("ab" * 32, '{"title":"تقرير"}')
KHANH_HOA = Document(
    "2024/خان هوا.pdf",
    REPORTS[3],
    About("تقرير «خان هوا»", "خان هوا", dt.date(2024, 12, 27), "https://example.org/a?b='c'", "officials"),
    (0, 500, 500, 1200),
)
PLAIN = Document("b.txt", "نص 😀 قصير", About("نص"))

lines = st.text(min_size=1)
abouts = st.builds(
    About,
    title=lines,
    place=st.none() | lines,
    published=st.none() | st.dates(),
    url=st.none() | lines,
    audience=st.sampled_from(["public", "officials"]),
)
documents = st.lists(
    st.builds(
        Document,
        name=lines,
        text=st.text(min_size=1),
        about=abouts,
        page_starts=st.lists(st.integers(0, 2**40)).map(lambda starts: tuple(sorted(starts))),
    ),
    min_size=1,
    unique_by=lambda document: document.name,
)


def stored_in_files(written: Sequence[tuple[Document, Fingerprint, range]], folder: Path) -> DocumentStore:
    writer = DocumentWriter(folder)
    for document, fingerprint, passages in written:
        writer.add(document, fingerprint, passages)
    writer.finish()
    return FileDocuments(folder)


Stored = Callable[[list[Document], Path], DocumentStore]


@pytest.fixture(scope="module", params=[stored_in_files, stored_in_postgres], ids=["files", "postgresql"])
def stored(request: pytest.FixtureRequest) -> Stored:
    """Makes a store in which the n-th document has n passages."""

    def store(written: list[Document], folder: Path) -> DocumentStore:
        ends = list(accumulate(range(1, len(written) + 1), initial=0))
        found: DocumentStore = request.param(
            [(document, FINGERPRINT, range(*rows)) for document, rows in zip(written, pairwise(ends), strict=True)],
            folder,
        )
        return found

    return store


@settings(deadline=None)
@given(documents)
def test_documents_come_back_as_they_were_stored(stored: Stored, written: list[Document]) -> None:
    with TemporaryDirectory() as folder:
        store = stored(written, Path(folder))
        assert len(store) == len(written)
        assert [store.document(record) for record in store] == written
        assert all(record.fingerprint == FINGERPRINT for record in store)


def test_a_record_is_found_by_row_and_by_name(stored: Stored, tmp_path: Path) -> None:
    store = stored([PLAIN, KHANH_HOA], tmp_path)
    record = store.record(1)
    assert (record.row, record.name, record.about) == (1, KHANH_HOA.name, KHANH_HOA.about)
    assert (record.passages, record.page_starts) == (range(1, 3), KHANH_HOA.page_starts)
    assert store.find(KHANH_HOA.name) == record
    assert list(store) == [store.record(0), record]


def test_a_document_that_is_not_stored_is_not_found(stored: Stored, tmp_path: Path) -> None:
    store = stored([PLAIN], tmp_path)
    assert store.find("B.txt") is None
    for row in (1, -1):
        with pytest.raises(IndexError, match=f"no document {row}"):
            store.record(row)


def test_an_excerpt_is_a_slice_of_its_document(stored: Stored, tmp_path: Path) -> None:
    store = stored([PLAIN, KHANH_HOA], tmp_path)
    assert store.text(store.record(0), 3, 4) == "😀"
    assert store.text(store.record(1), 100, 300) == KHANH_HOA.text[100:300]
    with pytest.raises(IndexError):
        store.text(store.record(0), 0, len(PLAIN.text) + 1)


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (499, 1), (500, 3), (1199, 3), (1200, 4), (9999, 4)])
def test_an_offset_is_on_the_page_that_began_last(stored: Stored, tmp_path: Path, offset: int, page: int) -> None:
    store = stored([PLAIN, KHANH_HOA], tmp_path)
    assert store.record(1).page_at(offset) == page
    assert store.record(0).page_at(offset) is None


def test_many_threads_may_read_at_once(stored: Stored, tmp_path: Path) -> None:
    written = [Document(f"{at}.txt", f"{at} {REPORTS[at % 5]}", About(str(at))) for at in range(50)]
    store = stored(written, tmp_path)
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda at: store.document(store.record(at % 50)), range(400)))
    assert read == written * 8
    assert len(store) == 50
