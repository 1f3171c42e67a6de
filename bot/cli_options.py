"""Options that many commands share, and what they are made into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.composition import Dalil

DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Where the index is kept [DALIL_DATA, default: data]"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before anything is built")]


def dalil_of(context: typer.Context, data: Path | None) -> Dalil:
    """The parts of the system, with the data folder that the command line names."""
    from bot.composition import Dalil
    from bot.settings import read_settings

    settings = read_settings()
    chosen = data or context.obj
    return Dalil(settings.model_copy(update={"data": chosen}) if chosen else settings)
