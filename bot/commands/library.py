"""``dalil documents``, ``status``, ``generations`` and ``rollback``."""

from __future__ import annotations

import sys
from typing import Any

import typer
from rich.filesize import decimal

from bot.composition import Dalil
from bot.contract import json_text
from bot.health import free_bytes
from bot.terminal import console, harmless
from index.document import Record
from index.errors import DamagedGeneration, NoGeneration
from index.manifest import Manifest


def documents(dalil: Dalil, name: str | None, *, text: bool, as_json: bool) -> int:
    """Lists the documents (or the one called ``name``), or prints its stored text exactly."""
    store = dalil.generations.open_live().documents
    records = list(store) if name is None else [found for found in [store.find(name)] if found]
    if name is not None and not records:
        typer.echo(f"dalil: no document is called {harmless(name)}; see  dalil documents", err=True)
        return 2
    if text and records:
        sys.stdout.buffer.write(store.document(records[0]).text.encode())
        return 0
    if as_json:
        _print_json([_record_json(record) for record in records])
        return 0
    for record in records:
        _show(record)
    return 0


def _show(record: Record) -> None:
    about, out = record.about, console()
    facts = [about.title, about.place, about.published and about.published.isoformat()]
    out.print(f"{harmless(record.name)}  ({len(record.passages)} passages)")
    out.print("  " + harmless("، ".join(fact for fact in facts if fact)))
    if about.url:
        out.print(f"  {harmless(about.url)}")


def _record_json(record: Record) -> dict[str, Any]:
    about = record.about
    return {
        "name": record.name,
        "title": about.title,
        "place": about.place,
        "published": about.published and about.published.isoformat(),
        "url": about.url,
        "audience": about.audience,
        "passages": len(record.passages),
        "pages": len(record.page_starts) or None,
        "characters": record.length,
        "sha256": record.fingerprint.sha256,
    }


def status(dalil: Dalil, *, as_json: bool) -> int:
    """Says what answers now, after checking it whole."""
    library = dalil.generations.open_live()
    library.refuse_stranger(dalil.embedder)
    manifest = library.manifest
    kept = {number: dalil.generations.size_of(number) for number in dalil.generations.numbers()}
    facts: dict[str, Any] = {
        "generation": manifest.number,
        "built": manifest.built,
        "documents": len(manifest.documents),
        "passages": manifest.passages,
        "embedder": manifest.embedder,
        "dimension": manifest.dimension,
        "reranker": dalil.reranking.reranker.identity if dalil.reranking else None,
        "folding": manifest.searching["folding"],
        "vector_store": manifest.vector_store,
        "lexical_store": manifest.lexical_store,
        "data": str(dalil.settings.data),
        "bytes": {str(number): size for number, size in kept.items()},
        "free_bytes": free_bytes(dalil.settings.data),
    }
    if as_json:
        _print_json(facts)
        return 0
    facts["bytes"] = ", ".join(f"generation {number}: {decimal(size)}" for number, size in kept.items())
    facts["free_bytes"] = decimal(facts["free_bytes"])
    for name, value in facts.items():
        console().print(f"{name.replace('_', ' ') + ':':<15} {value}")
    return 0


def generations(dalil: Dalil, *, as_json: bool) -> int:
    """Lists the kept generations, the live one marked."""
    numbers, live = dalil.generations.numbers(), dalil.generations.live()
    if not numbers:
        raise NoGeneration(str(dalil.settings.data))
    rows = [_generation(dalil, number, is_live=number == live) for number in numbers]
    if as_json:
        _print_json(rows)
        return 0
    for row in rows:
        about = row["problem"] or f"{row['documents']} documents, {row['passages']} passages, {row['embedder']}"
        console().print(f"{'*' if row['live'] else ' '} {row['generation']}  {row['built'] or ''}  {about}")
    return 0


def _generation(dalil: Dalil, number: int, *, is_live: bool) -> dict[str, Any]:
    manifest: Manifest | None = None
    problem = None
    try:
        manifest = dalil.generations.manifest(number)
    except DamagedGeneration as error:
        problem = f"damaged: {error.problem}"
    return {
        "generation": number,
        "live": is_live,
        "built": manifest and manifest.built,
        "documents": manifest and len(manifest.documents),
        "passages": manifest and manifest.passages,
        "embedder": manifest and manifest.embedder,
        "problem": problem,
    }


def rollback(dalil: Dalil, number: int | None) -> int:
    """Makes generation ``number`` (or the one before the live one) live, with the documents' files that made it."""
    generations = dalil.generations
    live = generations.live()
    if live is None and not generations.numbers():
        raise NoGeneration(str(dalil.settings.data))
    chosen = number if number is not None else generations.before(live)
    left = dalil.shelf.bring_back(chosen)
    console().print(f"generation {chosen} is live (before: {live})")
    for name in left:
        console().print(f"  left as it is, for it was changed by hand since: {harmless(name)}")
    return 0


def _print_json(value: object) -> None:
    sys.stdout.write(json_text(value, indent=2) + "\n")
