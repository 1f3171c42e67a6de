"""``dalil ask``, ``search`` and ``chat``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.composition import Dalil
from bot.contract import Json, hits_json, json_text, reply_json
from bot.phrases import PhraseName
from bot.terminal import SAY, console, error_console, harmless, reply_lines, source_line
from retrieval.answer import Reply
from retrieval.conversation import Conversation, Conversations, Said

_NEW: Final = "/new"


def ask(dalil: Dalil, question: str | None, *, as_json: bool) -> int:
    """Answers ``question``, or every line of standard input if it is None."""
    if question is None:
        conversations = Conversations(dalil.assistant)
        return _each_line(lambda line: reply_json(_said(conversations, line).reply, line.id))
    reply = dalil.assistant.ask(question)
    if as_json:
        _print_json(reply_json(reply))
        if reply.circumstances.is_cut:
            error_console().print(SAY(PhraseName.CUT_QUESTION))
    else:
        _show(reply)
    return 0


def _said(conversations: Conversations, line: _Line) -> Said:
    return conversations.ask(line.question, name=line.conversation, now=time.time())


def search(dalil: Dalil, question: str | None, *, top: int, as_json: bool) -> int:
    """Ranks passages for ``question``, or for every line of standard input if it is None."""
    if question is None:
        return _each_line(
            lambda line: hits_json(line.question, dalil.assistant.search(line.question, top=top), line.id)
        )
    hits = dalil.assistant.search(question, top=top)
    if as_json:
        _print_json(hits_json(question, hits))
        return 0
    out = console()
    for rank, hit in enumerate(hits, start=1):
        out.print(f"{rank}. [{hit.score:.3f}] {harmless(hit.document)} — {source_line(hit)}")
        out.print(harmless(hit.text) + "\n")
    return 0


def chat(dalil: Dalil, sample: str | None) -> int:
    """A conversation; without a terminal, each line of standard input is a question.

    A question that follows up an earlier one is completed, and what was understood is said; ``/new`` forgets them.
    """
    conversation = Conversation(dalil.assistant)
    asked = False
    if sys.stdin.isatty():
        console().print(SAY(PhraseName.TERMINAL_WELCOME))
    for question in _typed() if sys.stdin.isatty() else map(str.rstrip, sys.stdin):
        if question.strip() == _NEW:
            conversation.forget()
            console().print(SAY(PhraseName.NEW_DONE))
        elif question.strip():
            asked = True
            _tell(conversation.ask(question, now=time.time()))
    if not asked and sample and not sys.stdin.isatty():
        console().print(f"{_prompt()}{sample}")
        _show(dalil.assistant.ask(sample))
    return 0


def _prompt() -> str:
    return f"{SAY(PhraseName.TERMINAL_PROMPT)} "


def _typed() -> Iterator[str]:
    """Questions typed at the prompt, with line editing, until the end of input."""
    import readline  # noqa: F401  (importing it gives `input` its line editing)

    while True:
        try:
            yield input(_prompt())
        except EOFError:
            console().print()
            return


def _tell(said: Said) -> None:
    if said.completed.is_follow_up:
        console().print(harmless(SAY(PhraseName.UNDERSTOOD, question=said.completed.question)))
    _show(said.reply)


def _show(reply: Reply) -> None:
    out = console()
    for line in reply_lines(reply):
        out.print(line, soft_wrap=line.no_wrap or None)  # rich forgets `no_wrap` when it joins what it prints


def _print_json(value: Json) -> None:
    sys.stdout.write(json_text(value, indent=2) + "\n")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of standard input: a question with its asker's id, and the conversation it belongs to, if any."""

    id: object
    question: str
    conversation: str | None


def _each_line(answer: Callable[[_Line], Json]) -> int:
    """Writes a JSON line for each line read, in order; one that cannot be read gives an ``error`` and exit code 1."""
    code = 0
    for number, raw in enumerate(sys.stdin, start=1):
        if not raw.strip():
            continue
        try:
            result = answer(_parsed(raw))
        except ValueError as error:
            result, code = {"id": None, "error": f"line {number}: {error}"}, 1
        sys.stdout.write(json_text(result) + "\n")
        sys.stdout.flush()
    return code


def _parsed(raw: str) -> _Line:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not JSON: {error}") from error
    if not isinstance(value, dict) or not isinstance(value.get("question"), str):
        raise ValueError('needs {"id", "question"}, the question a text')
    conversation = value.get("conversation")
    return _Line(value.get("id"), value["question"], None if conversation is None else json_text(conversation))
