"""What stands in deploy/ can be read by what it is for, and names settings that there are."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from dockerfile_parse import DockerfileParser

from bot.settings import Settings
from tests.bot.command import dalil
from tests.reports import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("dalil*.service")) + sorted(DEPLOY.glob("dalil*.timer"))
SERVICES = [path for path in UNITS if path.suffix == ".service"]
SETTINGS = {field.validation_alias or f"DALIL_{name.upper()}" for name, field in Settings.model_fields.items()}
NAMED = re.compile(r"\b((?:DALIL|TELEGRAM)_[A-Z_]+)\b")


def settings_in(path: Path) -> set[str]:
    return set(NAMED.findall(path.read_text(encoding="utf-8")))


def unit(path: Path) -> configparser.RawConfigParser:
    """A unit's sections; of a key that stands there several times the last one."""
    read = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(path.read_text(encoding="utf-8"))
    return read


def instructions() -> list[tuple[str, str]]:
    parser = DockerfileParser(fileobj=(DEPLOY / "Dockerfile").open("rb"))
    return [(each["instruction"], each["value"]) for each in parser.structure if each["instruction"] != "COMMENT"]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def strings(value: object) -> Iterator[str]:
    match value:
        case dict():
            for each in value.values():
                yield from strings(each)
        case list():
            for each in value:
                yield from strings(each)
        case str():
            yield value


@pytest.mark.parametrize(
    "path", sorted(path for path in DEPLOY.rglob("*") if path.is_file()), ids=lambda path: path.name
)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    assert settings_in(path) <= SETTINGS


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_has_what_systemd_needs(path: Path) -> None:
    read = unit(path)
    assert read["Unit"]["Description"].startswith("Dalil: ")
    if path.suffix == ".timer":
        assert (DEPLOY / path.with_suffix(".service").name).is_file()
        assert read["Install"]["WantedBy"] == "timers.target"


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_a_command_that_there_is_with_few_rights(path: Path) -> None:
    service = unit(path)["Service"]
    command = service["ExecStart"].split()
    assert command[0] == "/opt/dalil/.venv/bin/dalil"
    assert dalil(*command[1:], "--help").code == 0
    assert service["User"] == "dalil"
    for name, value in (("NoNewPrivileges", "true"), ("ProtectSystem", "strict"), ("UMask", "0077")):
        assert service[name] == value


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_finds_nothing_unknown_in_a_unit(path: Path, tmp_path: Path) -> None:
    for each in UNITS:
        text = each.read_text(encoding="utf-8").replace("/opt/dalil/.venv/bin/dalil", "/bin/true")
        (tmp_path / each.name).write_text(text, encoding="utf-8")
    name = path.name.replace("@.", "@1.")
    if name != path.name:
        (tmp_path / name).symlink_to(tmp_path / path.name)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(tmp_path / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not [line for line in done.stderr.splitlines() if str(tmp_path) in line or "nknown" in line]


def test_the_image_is_built_in_stages_and_runs_as_nobody_special() -> None:
    found = instructions()
    assert [name for name, _ in found].count("FROM") == 2
    last = found[max(at for at, (name, _) in enumerate(found) if name == "FROM") :]
    names = dict(last)
    assert names["USER"] == "dalil"
    assert names["VOLUME"] == "/data"
    assert "/healthz" in names["HEALTHCHECK"]
    assert (names["ENTRYPOINT"], names["CMD"]) == ('["dalil"]', '["bot"]')
    assert not any(name == "RUN" and "pip" in value for name, value in last)


def test_the_image_takes_the_pinned_torch_and_copies_only_what_there_is() -> None:
    assert f"torch=={version_of_torch()}" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for name, value in instructions():
        if name == "COPY" and not value.startswith("--from"):
            for source in value.split()[:-1]:
                assert (ROOT / source).exists()
                assert f"!{source}" in ignored


def version_of_torch() -> str:
    found = re.search(r'"torch==([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert found
    return found[1]


def test_what_compose_is_filled_in_with_is_listed_and_nothing_else(compose: dict[str, Any]) -> None:
    wanted = {name for text in strings(compose) for name in re.findall(r"\$\{([A-Z_]+)", text)}
    example = (DEPLOY / "compose.env.example").read_text(encoding="utf-8")
    assert wanted == set(re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE))


def test_compose_runs_two_bots_on_one_database_behind_a_proxy(compose: dict[str, Any]) -> None:
    services = compose["services"]
    bots = [name for name in services if name.startswith("bot")]
    assert len(bots) == 2
    for name in bots:
        bot = services[name]
        assert bot["read_only"] is True
        assert bot["environment"]["DALIL_DATABASE_URL"].startswith("postgresql://")
        assert bot["environment"]["DALIL_WEBHOOK_URL"].startswith("https://")
        assert bot["depends_on"]["database"]["condition"] == "service_healthy"
        assert (DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    proxied = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    port = services[bots[0]]["environment"]["DALIL_WEBHOOK_PORT"]
    assert all(f"{name}:{port}" in proxied for name in bots)
    path = services[bots[0]]["environment"]["DALIL_WEBHOOK_URL"].rpartition("/")[2]
    assert f"/{path}" in proxied
    assert services["database"]["networks"] == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True


def test_every_volume_and_network_that_compose_uses_is_its_own(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        named = [each.partition(":")[0] for each in service["volumes"] if not each.startswith((".", "/", "$"))]
        assert set(named) <= set(compose["volumes"])
        assert set(service["networks"]) <= set(compose["networks"])
