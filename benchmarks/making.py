"""Writes a made corpus into a folder and chooses the questions about it; what lies there already is taken as it is."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import corpus

SEEDS: Final = Path(__file__).resolve().parent.parent / "seeds"
_TOGETHER: Final = 250  # documents that a process makes in one go, in half a second

Asked = tuple[str, str]
"""A question, and the name of the document that it is about."""


@contextmanager
def workplace(folder: Path | None) -> Iterator[Path]:
    """``folder``, made if it is missing, or a folder that is gone afterwards."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="dalil-measured-") as temporary:
            yield Path(temporary)


def documents_for(passages: int) -> int:
    """How many documents have about so many passages."""
    return max(1, passages // corpus.PASSAGES_A_DOCUMENT)


def write_reports(folder: Path, count: int, *, replaced: float = corpus.REPLACED) -> int:
    """Writes the first ``count`` documents below ``folder``, those that are missing; gives the bytes of all."""
    parts = [range(at, min(count, at + _TOGETHER)) for at in range(0, count, _TOGETHER)]
    with ProcessPoolExecutor() as pool:
        return sum(pool.map(partial(_write, folder, replaced), parts))


def _write(folder: Path, replaced: float, numbers: range) -> int:
    paths = {number: folder / corpus.name_of(number) for number in numbers}
    missing = [number for number, path in paths.items() if not path.exists()]
    for number, made in zip(missing, corpus.numbered(SEEDS, missing, replaced=replaced), strict=True):
        path = paths[number]
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}")
        unfinished.write_text(made.text, encoding="utf-8")
        unfinished.replace(path)  # whoever is killed leaves no half of a report
    return sum(path.stat().st_size for path in paths.values())


def linked(reports: Path, count: int, folder: Path) -> Path:
    """``folder`` with the first ``count`` of the reports and no others to be looked through; links, not copies."""
    for number in range(count):
        name = corpus.name_of(number)
        if not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).hardlink_to(reports / name)
    return folder


def choose_questions(folder: Path, count: int, wanted: int) -> list[Asked]:
    """Different questions about the first ``count`` reports in ``folder``, evenly spaced over them.

    There are ``wanted``, or hardly fewer where each report has to give many; no report gives its second before all
    have given their first.

    Raises:
        SystemExit: a report in ``folder`` is not the one that the question was made from.
    """
    chosen = [number for number in range(count) if number * wanted // count != (number + 1) * wanted // count]
    asked: list[Sequence[corpus.Made]] = []
    for made in corpus.asked_about(SEEDS, chosen, most=-(-wanted // len(chosen))):
        if (folder / made[0].name).read_text(encoding="utf-8") != made[0].text:
            raise SystemExit(
                f"{folder / made[0].name} is not what is made now: remove {folder}, or give another folder"
            )
        asked.append(made)
    rounds = itertools.chain.from_iterable(itertools.zip_longest(*asked))
    return [(each.question.text, each.question.document) for each in rounds if each][:wanted]


def write_questions(file: Path, asked: Sequence[Asked]) -> None:
    """Writes questions where `read_questions` finds them."""
    file.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")


def read_questions(file: Path) -> list[Asked]:
    """The questions in ``file``."""
    return [(text, document) for text, document in json.loads(file.read_text(encoding="utf-8"))]
