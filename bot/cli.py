"""The command ``dalil``. Importing it is quick: each command loads its own work when it is called.

Exit codes: 0 done; 1 done in part, or failed; 2 wrong usage, wrong setting, or nothing indexed yet;
3 another build is running, or a bot while a library is copied.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Final, Never

import typer

from bot.cli_administration import administration
from bot.cli_options import DataOption, JsonOption, dalil_of

app: Final = typer.Typer(
    name="dalil",
    help="Dalil (دليل) answers Arabic questions from reports, with quotations that can be checked.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

JsonLinesOption = Annotated[
    bool,
    typer.Option("--jsonl", help='Read {"id", "question"} lines from standard input, write a JSON line each'),
]
QuestionArgument = Annotated[str | None, typer.Argument(metavar="سؤال", help="The question, in Arabic")]


@app.callback()
def root(context: typer.Context, data: DataOption = None) -> None:
    """Options before the command hold for every command."""
    context.obj = data


@app.command()
def index(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files and folders of documents")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change")] = False,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing if something is indexed already")] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Make the library hold exactly the documents under PATH…, then switch to it."""
    from bot.commands.indexing import index as run

    raise typer.Exit(run(dalil_of(context, data), paths, dry_run=dry_run, if_empty=if_empty, as_json=as_json))


@app.command()
def ask(
    context: typer.Context,
    question: QuestionArgument = None,
    *,
    as_json: JsonOption = False,
    jsonl: JsonLinesOption = False,
    data: DataOption = None,
) -> None:
    """Answer a question with cited excerpts; lines with the same "conversation" may follow each other up."""
    from bot.commands.asking import ask as run

    raise typer.Exit(run(dalil_of(context, data), _one(question, jsonl), as_json=as_json))


@app.command()
def search(
    context: typer.Context,
    question: QuestionArgument = None,
    *,
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help="How many passages")] = 10,
    as_json: JsonOption = False,
    jsonl: JsonLinesOption = False,
    data: DataOption = None,
) -> None:
    """Rank passages, without judging whether they answer."""
    from bot.commands.asking import search as run

    raise typer.Exit(run(dalil_of(context, data), _one(question, jsonl), top=top, as_json=as_json))


@app.command()
def chat(
    context: typer.Context,
    *,
    sample: Annotated[str | None, typer.Option(help="The question to answer if standard input is empty")] = None,
    data: DataOption = None,
) -> None:
    """Hold a conversation; without a terminal, answer each line of standard input. /new begins anew."""
    from bot.commands.asking import chat as run

    raise typer.Exit(run(dalil_of(context, data), sample))


@app.command()
def bot(context: typer.Context, *, data: DataOption = None) -> None:
    """Answer in Telegram until stopped (needs TELEGRAM_BOT_TOKEN)."""
    from bot.commands.serving import serve as run

    raise typer.Exit(run(dalil_of(context, data)))


@app.command()
def documents(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One document")] = None,
    *,
    text: Annotated[bool, typer.Option("--text", help="Print the stored text of NAME exactly")] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """List the library."""
    from bot.commands.library import documents as run

    if text and name is None:
        raise typer.BadParameter("--text needs the NAME of a document")
    raise typer.Exit(run(dalil_of(context, data), name, text=text, as_json=as_json))


@app.command()
def status(context: typer.Context, *, as_json: JsonOption = False, data: DataOption = None) -> None:
    """Say what answers now, what made it, and the room it takes."""
    from bot.commands.library import status as run

    raise typer.Exit(run(dalil_of(context, data), as_json=as_json))


@app.command()
def generations(context: typer.Context, *, as_json: JsonOption = False, data: DataOption = None) -> None:
    """List the generations that are kept."""
    from bot.commands.library import generations as run

    raise typer.Exit(run(dalil_of(context, data), as_json=as_json))


@app.command()
def rollback(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(metavar="N", help="Generation [default: the one before]")] = None,
    *,
    data: DataOption = None,
) -> None:
    """Go back to an earlier generation, at once."""
    from bot.commands.library import rollback as run

    raise typer.Exit(run(dalil_of(context, data), number))


app.add_typer(administration)


@app.command("eval")
def evaluate(
    context: typer.Context,
    passages: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="PASSAGES.jsonl")],
    questions: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="QUESTIONS.jsonl")],
    *,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Measure the quality of answers on a question set, indexed in a temporary place."""
    from bot.commands.evaluating import evaluate as run

    raise typer.Exit(run(dalil_of(context, data), passages, questions, as_json=as_json))


def _one(question: str | None, jsonl: bool) -> str | None:
    """The question, or None where lines are to be read; one of both must be given."""
    if (question is None) != jsonl:
        raise typer.BadParameter("give a question, or --jsonl to read questions from standard input")
    return question


def main() -> Never:
    """Runs the command; every error that can be foreseen is one line, never a traceback."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for stream, encoding in ((sys.stdout, "utf-8"), (sys.stderr, "utf-8"), (sys.stdin, "utf-8-sig")):
        stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # here, where it can still be said that the disk is full
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output went away: no need to tell it so
        _drop_output()
        sys.exit(1)
    except Exception as error:
        sys.exit(_explained(error))
    sys.exit(0)


def _drop_output() -> None:
    """Sends what is still to be written nowhere, so that leaving does not try, and fail, to write it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explained(error: Exception) -> int:
    """Says what is wrong and gives the exit code; what was not foreseen is raised again."""
    from bot.backup.errors import BackupError, NotEmpty
    from bot.migration.errors import BotRunning, MigrationError, NothingToMigrate, TargetNotEmpty
    from bot.settings import SettingsError
    from bot.shelf.errors import CaptionError, ShelfError, UnknownDocument
    from bot.state.errors import StateError, StateNotEmpty
    from bot.terminal import harmless
    from index.errors import AliasesError, CatalogueError, IndexingError, LibraryLocked, NoGeneration

    foreseen = (IndexingError, SettingsError, ShelfError, StateError, BackupError, MigrationError, OSError)
    if not isinstance(error, foreseen):
        raise error
    typer.echo(f"dalil: {harmless(str(error))}", err=True)
    if isinstance(error, OSError):
        _drop_output()
    if isinstance(error, (LibraryLocked, BotRunning)):
        return 3
    wrong = (NoGeneration, SettingsError, CatalogueError, AliasesError, CaptionError, UnknownDocument, NotEmpty)
    not_empty = (NothingToMigrate, TargetNotEmpty, StateNotEmpty)
    return 2 if isinstance(error, (*wrong, *not_empty)) else 1


if __name__ == "__main__":
    main()
