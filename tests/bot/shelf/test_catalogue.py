from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shelf.catalogue import changed_catalogue
from bot.shelf.lines import one_line
from bot.shelf.naming import safe_name
from index.catalogue import Entry
from index.errors import CatalogueError

words = st.text(min_size=1, max_size=40).map(one_line).filter(bool)
names = st.text(max_size=40).map(lambda text: safe_name(text, ".pdf"))
entries = st.builds(
    Entry,
    title=st.none() | words,
    place=st.none() | words,
    published=st.none() | st.dates(dt.date(1, 1, 1)),
    audience=st.sampled_from(["public", "officials"]),
)
WRITTEN = '# كتبه أحد\n\n["قديم.txt"]   # مهم\ntitle = "قديم"\n\n[other]\nplace = "هناك"\n'


@given(st.dictionaries(names, entries, max_size=4), st.dictionaries(names, entries, max_size=4))
def test_whatever_is_said_of_documents_is_what_the_catalogue_tells(
    first: dict[str, Entry], second: dict[str, Entry]
) -> None:
    text = changed_catalogue(changed_catalogue(WRITTEN, first, ()), second, ())
    told = {name: Entry.model_validate(table) for name, table in tomllib.loads(text).items()}
    said = {name: entry for name, entry in {**first, **second}.items() if entry != Entry()}
    assert told == {"قديم.txt": Entry(title="قديم"), "other": Entry(place="هناك"), **said}
    assert text.startswith(WRITTEN.rstrip("\n"))
    assert tomllib.loads(changed_catalogue(text, {}, said)) == tomllib.loads(WRITTEN)


def test_a_document_can_be_taken_out_and_the_rest_stays_as_it_was_written() -> None:
    assert changed_catalogue(WRITTEN, {}, ["قديم.txt", "x"]) == '# كتبه أحد\n\n[other]\nplace = "هناك"\n'
    assert changed_catalogue(WRITTEN, {}, []) == WRITTEN
    assert changed_catalogue("\r\n".join(WRITTEN.split("\n")), {}, []) == "\r\n".join(WRITTEN.split("\n"))


@pytest.mark.parametrize("text", ["[", "a = ", "[a]\n[a]", "a = 1\na = 2"])
def test_a_catalogue_that_cannot_be_understood_is_left_alone(text: str) -> None:
    with pytest.raises(CatalogueError, match=r"catalogue\.toml"):
        changed_catalogue(text, {}, [])
