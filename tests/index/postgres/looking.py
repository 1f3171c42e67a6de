"""What tests see of a database and of what is answered from it."""

from __future__ import annotations

import psycopg

from index.live import LiveLibrary
from index.postgres.generations import PostgresGenerations
from retrieval.answer import NotFound
from retrieval.assistant import Assistant
from tests.index.builds import shipped
from tests.reports import QUESTION


def run(address: str, query: str, *parameters: object) -> list[tuple[object, ...]]:
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(query.encode(), parameters)
        return cursor.fetchall() if cursor.description else []


def schemas(address: str) -> set[object]:
    return {name for (name,) in run(address, "SELECT nspname FROM pg_namespace WHERE nspname ~ 'dalil_g'")}


def first_answer(generations: PostgresGenerations) -> str:
    reply = Assistant(LiveLibrary(generations, shipped()), shipped()).ask(QUESTION)
    assert not isinstance(reply, NotFound)
    return reply.excerpts[0].text
