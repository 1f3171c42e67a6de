"""``dalil documents``, ``status``, ``generations`` and ``rollback``, with and without an index."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from index.lock import building
from tests.bot.command import COMMAND, dalil, environment, here
from tests.bot.places import LAST, index, refusal, run
from tests.index.builds import build, other_embedder
from tests.reports import PASSAGES, QUESTION, SEEDS


def test_the_stored_text_is_printed_exactly(place: Path) -> None:
    (place / "reports" / "odd.txt").write_bytes("نصٌّ  بمسافات\t\r\n\r\nوسطر أخير بلا نهاية 𐤀🙂".encode())
    assert index(place).code == 0
    command = [*COMMAND, "documents", "odd.txt", "--text", "--data", str(place / "data")]
    done = subprocess.run(command, env=environment(), capture_output=True, check=True)
    assert done.stdout == "نصٌّ  بمسافات\t\n\nوسطر أخير بلا نهاية 𐤀🙂".encode()
    for file in SEEDS.glob("*.txt"):
        assert run(place, "documents", file.name, "--text").out == file.read_text(encoding="utf-8")


def test_the_documents_are_listed(place: Path) -> None:
    listed = run(place, "documents", "--json").json
    assert [each["name"] for each in listed] == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert {"title", "place", "published", "url", "audience", "passages", "pages", "characters", "sha256"} < set(
        listed[0]
    )
    assert sum(each["passages"] for each in listed) == PASSAGES
    assert run(place, "documents", LAST, "--json").json == listed[-1:]
    assert f"{LAST}  (" in run(place, "documents").out


def test_an_unknown_document_is_named(place: Path) -> None:
    for options in ([], ["--text"], ["--json"]):
        message = refusal(run(place, "documents", "nothing.txt", *options), 2)
        assert message == "dalil: no document is called nothing.txt; see  dalil documents"
    assert run(place, "documents", "--text").code == 2


def test_the_status_says_what_answers_and_what_made_it(place: Path) -> None:
    facts = run(place, "status", "--json").json
    assert (facts["generation"], facts["documents"], facts["passages"], facts["dimension"]) == (1, 5, PASSAGES, 640)
    assert facts["embedder"].startswith("dalil-static-1@")
    assert facts["data"] == str(place / "data")
    assert list(facts["bytes"]) == ["1"]
    assert facts["bytes"]["1"] > 50_000
    assert facts["free_bytes"] > 0
    assert "documents:      5\n" in run(place, "status").out


def test_the_generations_are_listed_with_the_live_one_marked(two: Path) -> None:
    first, second = run(two, "generations", "--json").json
    assert (first["generation"], first["live"], first["problem"]) == (1, False, None)
    assert (second["generation"], second["live"], second["documents"]) == (2, True, 5)
    assert [line[:3] for line in run(two, "generations").out.splitlines()] == ["  1", "* 2"]


def test_going_back_and_forth(two: Path) -> None:
    assert run(two, "rollback").out == "generation 1 is live (before: 2)\n"
    assert run(two, "ask", QUESTION, "--json").json["generation"] == 1
    assert refusal(run(two, "rollback"), 1) == "dalil: there is no earlier generation; kept: 1, 2"
    assert run(two, "rollback", "2").code == 0
    assert run(two, "status", "--json").json["generation"] == 2


def test_going_back_to_an_unknown_generation_changes_nothing(two: Path) -> None:
    assert refusal(run(two, "rollback", "9"), 1) == "dalil: generation 9 is not kept; kept: 1, 2"
    assert run(two, "rollback", "first").code == 2
    assert run(two, "status", "--json").json["generation"] == 2


def test_indexing_after_going_back_takes_the_new_text_again(two: Path) -> None:
    run(two, "rollback")
    done = index(two, "--json")
    assert (done.code, done.json["generation"], done.json["changed"]) == (0, 3, [LAST])
    assert [row["generation"] for row in run(two, "generations", "--json").json] == [1, 2, 3]


def test_going_back_is_possible_while_another_builds(two: Path) -> None:
    with building(two / "data"):
        assert run(two, "rollback").code == 0


@pytest.mark.parametrize(
    "command",
    [["ask", QUESTION], ["search", QUESTION], ["chat"], ["documents"], ["status"], ["generations"], ["rollback"]],
)
def test_without_an_index_every_command_says_how_to_make_one(tmp_path: Path, command: list[str]) -> None:
    message = refusal(here("--data", tmp_path / "data", *command), 2)
    assert message.startswith(f"dalil: no index in {tmp_path / 'data'} yet: make one with  dalil index PATH…")
    assert not (tmp_path / "data").exists()


def test_an_index_of_another_model_says_what_to_do(place: Path) -> None:
    built = build(place / "data", place / "reports", embedder=other_embedder(place / "other"))
    for command in (["ask", QUESTION], ["search", QUESTION], ["chat"], ["status"]):
        message = refusal(run(place, *command), 1)
        assert "set DALIL_EMBEDDER back, or rebuild with  dalil index PATH…" in message
    done = index(place, "--json")
    assert (done.code, done.json["embedded"]) == (0, built.passages)
    assert run(place, "ask", QUESTION).code == 0


def test_a_data_folder_that_is_none_is_named(place: Path) -> None:
    for data in (place / "reports" / LAST, place / "reports" / LAST / "data"):
        message = refusal(dalil("--data", data, "index", place / "reports"), 1)
        assert f"cannot write below {data}" in message
