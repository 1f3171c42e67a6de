"""``dalil bot``."""

from __future__ import annotations

import typer

from bot.composition import Dalil
from bot.settings import SettingsError


def serve(dalil: Dalil) -> int:
    """Answers in Telegram until stopped."""
    if dalil.settings.token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set: BotFather gives one")
    if dalil.settings.role != "all" and not dalil.state.startswith("postgres"):
        raise SettingsError(f"DALIL_ROLE = {dalil.settings.role!r}: needs a server at DALIL_DATABASE_URL")
    from bot.application import serve as run
    from bot.state.errors import StateError

    try:
        return run(dalil)
    except StateError as error:
        typer.echo(f"dalil: {error}", err=True)
        return 1
