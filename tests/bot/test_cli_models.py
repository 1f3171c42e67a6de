"""Models of others, set as an operator sets them: by environment variables, for the whole command."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.command import dalil, here
from tests.bot.places import index, refusal, run
from tests.index.tiny_cross_encoder import LIKED
from tests.index.tiny_model import Recipe, make
from tests.reports import QUESTION, ROOT


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("models") / "tiny", Recipe())


def test_without_these_settings_no_library_for_models_is_imported(seeds_data: Path) -> None:
    program = (
        "import io, sys\nfrom tests.bot.command import here\n"
        f"for arguments in (['ask', {QUESTION!r}], ['search', {QUESTION!r}], ['status']):\n"
        f"    assert here('--data', {str(seeds_data)!r}, *arguments).code == 0\n"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'torch', 'transformers', 'sentence_transformers'})"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_reranker_that_is_set_decides_and_is_named(
    tmp_path: Path, liking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "words.txt").write_text("بلغت ميزانية التعليم عام 2023 نحو 500 مليون دونغ.")
    (tmp_path / "reports" / "liked.txt").write_text(f"وزادت ميزانية الطرق التي تخدم {LIKED} في المقاطعة.")
    assert index(tmp_path).code == 0
    command = ["ask", "كم بلغت ميزانية التعليم عام 2023؟", "--json"]
    plain = run(tmp_path, *command).json
    assert plain["excerpts"][0]["document"] == "words.txt"
    assert run(tmp_path, "status", "--json").json["reranker"] is None
    monkeypatch.setenv("DALIL_RERANKER", str(liking))
    reply = run(tmp_path, *command).json
    assert reply["excerpts"][0]["document"] == "liked.txt"
    assert reply.keys() == plain.keys()
    assert run(tmp_path, "search", *command[1:]).json["hits"][0]["document"] == "liked.txt"
    assert run(tmp_path, "status", "--json").json["reranker"].startswith("liking@")
    monkeypatch.setenv("DALIL_RERANKED", "1")
    assert run(tmp_path, *command).json["excerpts"] == plain["excerpts"]


def test_a_reranker_that_cannot_be_had_is_one_line(place: Path, embedder: Path) -> None:
    for name in (embedder, "nobody/no-such-model"):
        done = dalil("--data", place / "data", "ask", QUESTION, DALIL_RERANKER=str(name))
        message = refusal(done, 1)
        assert message.startswith(f"dalil: the reranker {name} cannot be loaded: ")
        assert message.endswith("; check DALIL_RERANKER, or leave it empty to answer without one")


@pytest.fixture
def silent_hub() -> Iterator[str]:
    """The address of a hub that takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_hub_out_of_reach_is_given_up_quickly_in_one_line(place: Path, silent_hub: str) -> None:
    importing = [sys.executable, "-c", "import sentence_transformers"]
    begun = time.monotonic()
    subprocess.run(importing, check=True)
    imported = time.monotonic()
    for hub in ("http://127.0.0.1:9", silent_hub):
        settings = {"DALIL_RERANKER": "nobody/no-such-model", "HF_ENDPOINT": hub, "HF_HUB_OFFLINE": "0"}
        began = time.monotonic()
        message = refusal(dalil("--data", place / "data", "ask", QUESTION, **settings), 1)
        assert message.startswith("dalil: the reranker nobody/no-such-model cannot be loaded: ")
        assert time.monotonic() - began < 15 + (imported - begun)


def test_a_blank_setting_counts_as_empty(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DALIL_RERANKER", "  ")
    monkeypatch.setenv("DALIL_EMBEDDER_DIMENSION", " ")
    assert run(place, "status", "--json").json["reranker"] is None
    monkeypatch.setenv("DALIL_EMBEDDER", "  ")
    assert refusal(run(place, "status"), 2).startswith("dalil: DALIL_EMBEDDER = ")


def test_an_index_needs_no_reranker(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DALIL_RERANKER", "nobody/no-such-model")
    assert index(place).code == 0


def test_an_embedder_with_its_settings_answers_and_a_change_is_refused(
    place: Path, embedder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DALIL_EMBEDDER", str(embedder))
    monkeypatch.setenv("DALIL_EMBEDDER_DIMENSION", "8")
    monkeypatch.setenv("DALIL_BATCH_SIZE", "4")
    monkeypatch.setenv("DALIL_DEVICE", "cpu")
    assert index(place, "--json").json["embedded"] > 0
    facts = run(place, "status", "--json").json
    assert (facts["dimension"], facts["embedder"][:7]) == (8, "tiny:8@")
    assert run(place, "ask", QUESTION, "--json").json["excerpts"]
    for name, value in (("DALIL_EMBEDDER_DIMENSION", "9"), ("DALIL_QUESTION_PROMPT", "query: ")):
        with monkeypatch.context() as changed:
            changed.setenv(name, value)
            message = refusal(run(place, "ask", QUESTION), 1)
            assert "its dimension and its prompts count too" in message
            assert "rebuild with  dalil index PATH…" in message
    assert run(place, "ask", QUESTION).code == 0


def test_a_model_that_is_set_leaves_standard_error_empty(place: Path, embedder: Path, liking: Path) -> None:
    settings = {"DALIL_EMBEDDER": str(embedder), "DALIL_RERANKER": str(liking)}
    assert dalil("--data", place / "data", "index", place / "reports", **settings).err == ""
    assert dalil("--data", place / "data", "ask", QUESTION, **settings).err == ""


def test_an_empty_dimension_is_none_and_a_new_line_can_be_part_of_a_prompt(place: Path, tmp_path: Path) -> None:
    from bot.settings import read_settings

    (tmp_path / ".env").write_text('DALIL_EMBEDDER_DIMENSION=\nDALIL_QUESTION_PROMPT="Instruct: x\\nQuery: "\n')
    with pytest.MonkeyPatch.context() as there:
        there.chdir(tmp_path)
        settings = read_settings()
    assert (settings.embedder_dimension, settings.question_prompt) == (None, "Instruct: x\nQuery: ")
    assert settings.passage_prompt is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DALIL_EMBEDDER_DIMENSION", "0"),
        ("DALIL_EMBEDDER_DIMENSION", "many"),
        ("DALIL_RERANKED", "0"),
        ("DALIL_BATCH_SIZE", "0"),
        ("DALIL_DEVICE", "gpu"),
        ("DALIL_DEVICE", "cuda:x"),
    ],
)
def test_a_wrong_setting_of_models_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert refusal(here("status"), 2).startswith(f"dalil: {name} = {value!r}: ")
