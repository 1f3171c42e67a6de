"""``dalil jobs``."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any, Literal

import typer

from bot.composition import Dalil
from bot.contract import json_text
from bot.jobs.queue import Queue
from bot.state.store import Store
from bot.state.values import Job, JobState
from bot.terminal import console, harmless

_SHOWN = 20


def jobs(dalil: Dalil, job: str | None, *, act: Literal["stop", "switch"] | None, as_json: bool) -> int:
    """Lists jobs, or does something to one; 1 if that could not be done any more."""
    with Store.open(dalil.state) as store:
        queue, code = Queue(dalil, store), 0
        if job is not None and store.jobs.get(job) is None:
            typer.echo(f"dalil: no job is called {harmless(job)}; see  dalil jobs", err=True)
            return 2
        if job is not None and act is not None:
            done = queue.stop(job, by=None) if act == "stop" else queue.switch_anyway(job, by=None)
            code = 0 if done else 1
        one = store.jobs.get(job) if job is not None else None
        found = [one] if one else store.jobs.newest(_SHOWN)
    if as_json:
        sys.stdout.write(json_text([job_json(each) for each in found], indent=2) + "\n")
        return code
    for each in found:
        console().print(told(each))
    if code:
        typer.echo(f"dalil: that cannot be done to a job that is {found[0].state}", err=True)
    return code


def told(job: Job) -> str:
    """A job in a line or two."""
    asked = dt.datetime.fromtimestamp(job.asked, dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    parts = [f"{job.id}  {asked}  {job.state}"]
    if job.state is JobState.BUILDING and job.step:
        parts.append(f"{job.step} {job.done}/{job.total}")
    if job.generation:
        parts.append(f"generation {job.generation}")
    if job.error:
        parts.append(harmless(job.error))
    failed = "".join(f"\n    answered worse: {harmless(question)}" for question in job.result.get("failed", []))
    return "  ".join(parts) + failed


def job_json(job: Job) -> dict[str, Any]:
    """A job for programs."""
    return {
        "job": job.id,
        "state": job.state.value,
        "asked": dt.datetime.fromtimestamp(job.asked, dt.UTC).isoformat(timespec="seconds"),
        "by": job.asked_by,
        **job.request,
        "step": job.step,
        "done": job.done,
        "total": job.total,
        "generation": job.generation,
        **job.result,
        "error": job.error,
    }
