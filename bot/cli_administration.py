"""The commands by which administrators change the library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli_options import DataOption, JsonOption, YesOption, dalil_of

administration: Final = typer.Typer()
people: Final = typer.Typer(help="List, add and remove officials and administrators.", invoke_without_command=True)
administration.add_typer(people, name="people")
PersonArgument = Annotated[int, typer.Argument(metavar="ID", min=1, help="The person's id in Telegram")]


@administration.command()
def add(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, metavar="FILE…")],
    *,
    title: Annotated[str | None, typer.Option(help="Of one FILE: what citations call it")] = None,
    place: Annotated[str | None, typer.Option(help="The place that the report is about")] = None,
    date: Annotated[str | None, typer.Option(help="Its day, such as 2024-12-27")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published")] = None,
    audience: Annotated[str | None, typer.Option(help="public or officials")] = None,
    replace: Annotated[str | None, typer.Option(metavar="NAME", help="Of one FILE: stands in place of NAME")] = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Publish documents: look at them, say what will change, build beside the live index, switch."""
    from bot.commands.shelving import Said
    from bot.commands.shelving import add as run

    if len(files) > 1 and (title or replace):
        raise typer.BadParameter("--title and --replace are for one FILE")
    said = Said(title=title, place=place, published=date, url=url, audience=audience, replaces=replace)
    raise typer.Exit(run(dalil_of(context, data), files, said, yes=yes, as_json=as_json))


@administration.command()
def remove(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="Documents, as  dalil documents  names them")],
    *,
    yes: YesOption = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Withdraw documents; going back a generation brings them back."""
    from bot.commands.shelving import remove as run

    raise typer.Exit(run(dalil_of(context, data), names, yes=yes, as_json=as_json))


@administration.command()
def jobs(
    context: typer.Context,
    job: Annotated[str | None, typer.Argument(metavar="JOB", help="One job")] = None,
    *,
    stop: Annotated[bool, typer.Option("--stop", help="End JOB; the live index stays")] = False,
    switch: Annotated[bool, typer.Option("--switch", help="Switch to what JOB built, though it answers worse")] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """List the changes that were asked for, stop one, or decide on one that waits."""
    from bot.commands.jobs import jobs as run

    if (stop or switch) and (job is None or stop == switch):
        raise typer.BadParameter("--stop and --switch need one JOB, and are not given together")
    raise typer.Exit(
        run(dalil_of(context, data), job, act="stop" if stop else "switch" if switch else None, as_json=as_json)
    )


@administration.command()
def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="[default: dalil-DAY-TIME.zip]")] = None,
    *,
    without_index: Annotated[bool, typer.Option("--without-index", help="Much smaller; restoring builds anew")] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Save documents, state and live index in one zip, while everything goes on."""
    from bot.commands.backing import backup as run

    raise typer.Exit(run(dalil_of(context, data), file, with_index=not without_index, as_json=as_json))


@administration.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE")],
    *,
    data: DataOption = None,
) -> None:
    """Bring a backup back into a data folder that is empty."""
    from bot.commands.backing import restore as run

    raise typer.Exit(run(dalil_of(context, data), file))


@administration.command()
def migrate(
    context: typer.Context,
    address: Annotated[
        str | None, typer.Argument(metavar="POSTGRESQL://…", help="The server [DALIL_DATABASE_URL: not seen by others]")
    ] = None,
    *,
    to_files: Annotated[bool, typer.Option("--to-files", help="The other way: out of the server")] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Copy all generations and all that the bot remembers from files to PostgreSQL; stop the bot first."""
    from bot.commands.migrating import migrate as run

    if address is not None and not address.startswith(("postgresql://", "postgres://")):
        raise typer.BadParameter("the address of the server begins with postgresql://")
    raise typer.Exit(run(dalil_of(context, data), address, to_files=to_files, as_json=as_json))


@people.callback()
def list_people(context: typer.Context, *, as_json: JsonOption = False, data: DataOption = None) -> None:
    """List officials and administrators; add and remove them."""
    context.obj = data or context.obj
    if context.invoked_subcommand is None:
        from bot.commands.people import people as run

        raise typer.Exit(run(dalil_of(context, data), as_json=as_json))


@people.command("add")
def add_person(
    context: typer.Context,
    person: PersonArgument,
    *,
    administrator: Annotated[bool, typer.Option("--administrator", help="Not just an official")] = False,
    data: DataOption = None,
) -> None:
    """Make somebody an official, or an administrator."""
    from bot.commands.people import give as run
    from bot.state.values import Role

    role = Role.ADMINISTRATOR if administrator else Role.OFFICIAL
    raise typer.Exit(run(dalil_of(context, data), person, role))


@people.command("remove")
def remove_person(context: typer.Context, person: PersonArgument, *, data: DataOption = None) -> None:
    """Take somebody's rights away."""
    from bot.commands.people import give as run
    from bot.state.values import Role

    raise typer.Exit(run(dalil_of(context, data), person, Role.CITIZEN))


@administration.command()
def audit(
    context: typer.Context,
    *,
    top: Annotated[int, typer.Option("--top", min=1, max=100_000, help="How many")] = 50,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """List what people with rights did, the newest first."""
    from bot.commands.people import audit as run

    raise typer.Exit(run(dalil_of(context, data), top, as_json=as_json))


@administration.command()
def unanswered(
    context: typer.Context,
    *,
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help="How many groups of questions")] = 10,
    added: Annotated[str | None, typer.Option(metavar="ID", help="A report was added for this group")] = None,
    ignored: Annotated[str | None, typer.Option(metavar="ID", help="This group is of no interest")] = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """List what people could not find, alike questions together."""
    from bot.commands.unanswered import unanswered as run
    from bot.state.values import Finding

    if added and ignored:
        raise typer.BadParameter("--added and --ignored are not given together")
    mark = (added, Finding.ADDED) if added else (ignored, Finding.IGNORED) if ignored else None
    raise typer.Exit(run(dalil_of(context, data), top=top, mark=mark, as_json=as_json))
