from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from string import Formatter

import pytest

from index.errors import AliasesError, CatalogueError, FileError, NoTextLayer, SourceError
from index.reasons import SENTENCES, Cause, Reason
from tests.reports import ROOT

MAKERS = {"SourceError", "NoTextLayer", "ReversedText", "CatalogueError", "AliasesError", "Cause", "of"}


def values_of(reason: Reason) -> set[str]:
    """The values that the English sentence of a reason has places for."""
    return {name for _, name, _, _ in Formatter().parse(SENTENCES[reason]) if name}


def given() -> Iterator[tuple[str, Reason, set[str]]]:
    """Each place in the product where a reason is given, with the names of its values."""
    for path in (*(ROOT / "index").rglob("*.py"), *(ROOT / "bot" / "shelf").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in MAKERS:
                for part in (part for argument in node.args for part in ast.walk(argument)):
                    if isinstance(part, ast.Attribute) and ast.unparse(part.value) == "Reason":
                        yield path.name, Reason[part.attr], {str(each.arg) for each in node.keywords}


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Reason)


def test_reasons_are_given_with_the_values_of_their_sentences() -> None:
    found = list(given())
    assert len(found) > 40
    for file, reason, values in found:
        assert values == values_of(reason), f"{reason} in {file}"


@pytest.mark.parametrize("kind", [SourceError, NoTextLayer, CatalogueError, AliasesError])
def test_an_error_comes_whole_from_another_process(kind: type[FileError]) -> None:
    error = kind("تقرير.pdf", Reason.SCANNED, bare=3, pages=5)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.name, again.cause, str(again)) == (error.name, error.cause, str(error))
    assert again.cause == Cause.of(Reason.SCANNED, bare=3, pages=5)
    assert again.reason.startswith("3 of its 5 pages have no text in them; it is scanned")
