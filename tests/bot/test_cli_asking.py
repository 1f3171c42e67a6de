"""``dalil ask``, ``search`` and ``chat``, as people and programs use them."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.bot.command import Finished, dalil, here
from tests.bot.places import asked, lines
from tests.reports import ANSWER, PASSAGES, QUESTION, QUESTIONS, SEEDS

REPLY = {
    "id": str, "question": str, "understood": str, "language": (str, type(None)), "outcome": str,
    "reason": (str, type(None)), "confidence": float, "generation": int, "embedder": str, "elapsed_ms": float,
    "excerpts": list, "side_by_side": bool,
}  # fmt: skip
EXCERPT = {
    "rank": int, "text": str, "marks": list, "document": str, "title": str, "place": (str, type(None)),
    "published": (str, type(None)), "url": (str, type(None)), "page": (int, type(None)), "start": int, "end": int,
    "score": float,
}  # fmt: skip
HIT = {name: EXCERPT[name] for name in ("rank", "text", "document", "start", "end", "page", "score")}
LONGEST_EXCERPT = 350


def has_exactly(value: dict[str, Any], types: dict[str, Any]) -> bool:
    return list(value) == list(types) and all(isinstance(value[name], kind) for name, kind in types.items())


def test_an_answer_as_json_has_exactly_the_promised_names_and_types(seeds_data: Path) -> None:
    done = dalil("ask", QUESTION, "--json", "--data", seeds_data)
    assert (done.code, done.err) == (0, "")
    assert has_exactly(done.json, REPLY)
    assert all(has_exactly(excerpt, EXCERPT) for excerpt in done.json["excerpts"])
    first = done.json["excerpts"][0]
    assert ANSWER in first["text"]
    assert (done.json["outcome"], done.json["reason"], done.json["language"]) == ("answer", None, "ar")
    assert (done.json["generation"], first["rank"], first["page"]) == (1, 1, None)
    assert (first["place"], first["published"]) == ("لونغ آن", "2024-07-12")
    assert first["url"].startswith("https://mic.gov.vn/")


@pytest.mark.parametrize("outcome", ["answer", "related", "none"])
def test_every_outcome_has_the_same_names(seeds_data: Path, outcome: str) -> None:
    replies = [reply for reply in asked(seeds_data, *QUESTIONS) if reply["outcome"] == outcome]
    assert replies
    for reply in replies:
        assert has_exactly(reply, REPLY)
        assert (reply["reason"] is None) == (outcome != "none")
        assert bool(reply["excerpts"]) == (outcome != "none")
        assert 0 <= reply["confidence"] <= 1


def test_every_excerpt_of_every_question_is_exactly_a_slice_of_the_stored_text(seeds_data: Path) -> None:
    texts = {path.name: stored_text(seeds_data, path.name) for path in SEEDS.glob("*.txt")}
    replies = asked(seeds_data, *QUESTIONS)
    assert sum(len(reply["excerpts"]) for reply in replies) > len(QUESTIONS)
    for reply in replies:
        assert [each["rank"] for each in reply["excerpts"]] == list(range(1, len(reply["excerpts"]) + 1))
        assert len(reply["excerpts"]) <= 3
        for each in reply["excerpts"]:
            assert each["text"] == texts[each["document"]][each["start"] : each["end"]]
            assert 0 < len(each["text"]) <= LONGEST_EXCERPT
            assert all(0 <= start < end <= len(each["text"]) for start, end in each["marks"])
        for one, other in combinations(reply["excerpts"], 2):
            assert one["document"] != other["document"] or one["end"] <= other["start"] or other["end"] <= one["start"]


def stored_text(data: Path, name: str) -> str:
    done = here("--data", data, "documents", name, "--text")
    assert done.code == 0
    return done.out


def test_hits_as_json_have_exactly_the_promised_names_and_types(seeds_data: Path) -> None:
    done = here("search", QUESTION, "--json", "--top", "7", "--data", seeds_data)
    assert done.code == 0
    assert list(done.json) == ["id", "question", "hits"]
    assert len(done.json["hits"]) == 7
    assert all(has_exactly(hit, HIT) for hit in done.json["hits"])
    assert [hit["rank"] for hit in done.json["hits"]] == [*range(1, 8)]
    assert ANSWER in done.json["hits"][0]["text"]


def test_every_hit_is_exactly_a_slice_of_the_stored_text(seeds_data: Path) -> None:
    done = here("--data", seeds_data, "search", QUESTION, "--json", "--top", "1000")
    for hit in done.json["hits"]:
        assert hit["text"] == stored_text(seeds_data, hit["document"])[hit["start"] : hit["end"]]
    assert PASSAGES / 2 < len(done.json["hits"]) <= PASSAGES


def test_a_question_and_lines_of_them_get_the_same_answer(seeds_data: Path) -> None:
    one = here("--data", seeds_data, "ask", QUESTION, "--json").json
    [other] = asked(seeds_data, QUESTION)
    different = {"id", "elapsed_ms"}
    assert {name: one[name] for name in one.keys() - different} == {
        name: other[name] for name in other.keys() - different
    }


IDS = ["a", "", 0, 7, -1.5, True, False, [1, "ب"], {"ج": None}, "🙂"]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_lines_are_answered_in_order_under_ids_of_any_type(seeds_data: Path, command: str) -> None:
    questions = [{"id": each, "question": QUESTIONS[at % len(QUESTIONS)]} for at, each in enumerate(IDS)]
    done = here("--data", seeds_data, command, "--jsonl", stdin=lines(*questions))
    assert done.code == 0
    assert [(reply["id"], reply["question"]) for reply in done.lines] == [(q["id"], q["question"]) for q in questions]


def test_a_question_without_an_id_gets_one_of_its_own(seeds_data: Path) -> None:
    ids = [reply["id"] for reply in asked(seeds_data, QUESTION, QUESTION)]
    assert ids[0] != ids[1]


BAD_LINES = [
    "not json",
    "[]",
    '"سؤال"',
    "{}",
    '{"question": 7}',
    '{"question": null, "id": 3}',
    '{"question": "ناقص',
    "[" * 100_000,
    "9" * 5000,
    "\udcff\udcfe",
]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_bad_line_is_answered_with_an_error_and_the_next_ones_are_read(seeds_data: Path, command: str) -> None:
    good = json.dumps({"id": "good", "question": QUESTION})
    stdin = "\n".join(["", *(f"{bad}\n{good}" for bad in BAD_LINES), "   ", good])
    done = dalil("--data", seeds_data, command, "--jsonl", stdin=stdin)
    assert (done.code, done.err) == (1, "")
    errors, answers = done.lines[:-1:2], [*done.lines[1::2], done.lines[-1]]
    assert [error["error"].split(":")[0] for error in errors] == [
        f"line {2 * at}" for at in range(1, len(BAD_LINES) + 1)
    ]
    assert all(list(error) == ["id", "error"] for error in errors)
    assert [answer["id"] for answer in answers] == ["good"] * (len(BAD_LINES) + 1)


def test_lines_written_on_windows_are_read(seeds_data: Path) -> None:
    done = here("--data", seeds_data, "ask", "--jsonl", stdin="\ufeff" + json.dumps({"question": QUESTION}) + "\r\n")
    assert (done.code, done.lines[0]["outcome"]) == (0, "answer")


def test_no_line_at_all_is_no_error(seeds_data: Path) -> None:
    assert here("--data", seeds_data, "ask", "--jsonl") == Finished(0, "", "")
