"""``dalil unanswered``."""

from __future__ import annotations

import sys
from typing import Any

import typer

from bot.composition import Dalil
from bot.contract import json_text
from bot.state.store import Store
from bot.state.values import Finding
from bot.terminal import console, harmless
from bot.unanswered.clustering import Cluster, clusters

_EXAMPLES = 5


def unanswered(dalil: Dalil, *, top: int, mark: tuple[str, Finding] | None, as_json: bool) -> int:
    """Lists what people could not find, what most people asked first; or says what became of one cluster of it."""
    with Store.open(dalil.state) as store:
        found = clusters(store.unanswered.open(), dalil.embedder)
        if mark is not None:
            name, finding = mark
            chosen = next((each for each in found if any(name == one.id for one in each.questions)), None)
            if chosen is None:
                typer.echo(f"dalil: no open question is called {harmless(name)}; see  dalil unanswered", err=True)
                return 2
            store.unanswered.mark([each.id for each in chosen.questions], finding)
            found = [chosen]
    if as_json:
        sys.stdout.write(json_text([_json(each) for each in found[:top]], indent=2) + "\n")
        return 0
    for each in found[:top]:
        _show(each)
    return 0


def _show(cluster: Cluster) -> None:
    first, *others = cluster.examples(_EXAMPLES)
    console().print(
        harmless(f"{cluster.typical.id}  {len(cluster.questions)} questions, {cluster.people} people: {first}")
    )
    for other in others:
        console().print(harmless(f"    {other}"))


def _json(cluster: Cluster) -> dict[str, Any]:
    return {
        "id": cluster.typical.id,
        "people": cluster.people,
        "questions": len(cluster.questions),
        "examples": list(cluster.examples(_EXAMPLES)),
        "state": cluster.typical.state.value,
    }
