"""``dalil people`` and ``dalil audit``."""

from __future__ import annotations

import datetime as dt
import sys
import time
from dataclasses import asdict
from typing import Any

import typer

from bot.composition import Dalil
from bot.contract import json_text
from bot.staff import Irremovable, Staff
from bot.state.store import Store
from bot.state.values import Deed, Role
from bot.terminal import console, harmless


def people(dalil: Dalil, *, as_json: bool) -> int:
    """Lists everybody with rights."""
    with Store.open(dalil.state) as store:
        members = Staff(store, dalil.settings.admins).all()
    if as_json:
        _print_json([asdict(member) for member in members])
        return 0
    for member in members:
        console().print(f"{member.person}  {member.role}{'  (by DALIL_ADMINS)' if member.fixed else ''}")
    return 0


def give(dalil: Dalil, person: int, role: Role) -> int:
    """Gives a person a role, or takes it away. 1 if that was so before, 2 if the settings name the person."""
    with Store.open(dalil.state) as store:
        try:
            changed = Staff(store, dalil.settings.admins).give(person, role, by=None, now=time.time())
        except Irremovable as error:
            typer.echo(f"dalil: {error}", err=True)
            return 2
    console().print(f"{person} {'is now' if changed else 'was before'}: {role}")
    return 0 if changed else 1


def audit(dalil: Dalil, number: int, *, as_json: bool) -> int:
    """Lists what people with rights did, the newest first."""
    with Store.open(dalil.state) as store:
        deeds = store.audit.newest(number)
    if as_json:
        _print_json([{**asdict(deed), "at": _time(deed)} for deed in deeds])
        return 0
    for deed in deeds:
        who = "terminal" if deed.who is None else deed.who
        whom = "" if deed.whom is None else f" {deed.whom}"
        told = "  ".join(f"{name}={_short(value)}" for name, value in deed.details.items())
        console().print(harmless(f"{_time(deed)}  {who}  {deed.what}{whom}  {told}".rstrip()))
    return 0


def _time(deed: Deed) -> str:
    return dt.datetime.fromtimestamp(deed.at, dt.UTC).isoformat(timespec="seconds")


def _short(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _print_json(value: object) -> None:
    sys.stdout.write(json_text(value, indent=2) + "\n")
