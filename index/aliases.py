"""Spellings that belong to one place: from ``aliases.toml`` beside the documents, kept in the generation.

"خان هوا" = ["خانه هوا", "خان هوه"]   # the name, then other spellings of it

They are read when documents are indexed and stored as a file of the generation, so going back to an earlier
generation brings back the spellings that it answered with.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Final

from pydantic import StringConstraints, TypeAdapter, ValidationError

from index.arabic import words
from index.errors import AliasesError
from index.reasons import Reason

ALIASES_FILE: Final = "aliases.toml"
_STORED: Final = "aliases.json"

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_TABLE: Final = TypeAdapter(dict[_Name, list[_Name]])


@dataclass(frozen=True, slots=True)
class Aliases:
    """Groups of spellings, each of one place, its name first; no spelling is in two of them."""

    groups: tuple[tuple[str, ...], ...] = ()

    def text(self) -> str:
        """All groups as JSON."""
        return json.dumps(self.groups, ensure_ascii=False)

    def write(self, folder: Path) -> None:
        """Stores them in a generation's folder."""
        (folder / _STORED).write_text(self.text(), encoding="utf-8")


NO_ALIASES: Final = Aliases()


def stored_aliases(folder: Path) -> Aliases:
    """The aliases of a generation; none where it was built before there were any.

    Raises:
        OSError, ValueError: the file is there and cannot be read.
    """
    path = folder / _STORED
    if not path.exists():
        return NO_ALIASES
    return parsed_aliases(path.read_text(encoding="utf-8"))


def parsed_aliases(text: str) -> Aliases:
    """What `Aliases.text` gave.

    Raises:
        ValueError: it is something else.
    """
    return Aliases(tuple(map(tuple, json.loads(text))))


def aliases_beside(files: Iterable[tuple[Path, str]]) -> Aliases:
    """What every ``aliases.toml`` beside these files says, and those in the folders above, up to the indexed one.

    Each file is given by its path and its name below the indexed folder.

    Raises:
        AliasesError: one of them cannot be understood, or a spelling is given to two places.
    """
    folders = {path.parents[depth] for path, name in files for depth in range(len(PurePosixPath(name).parts))}
    groups: dict[str, list[str]] = {}
    owners: dict[str, str] = {}
    for path in sorted(folder / ALIASES_FILE for folder in folders):
        for name, others in _read(path).items():
            for spelling in (name, *others):
                _claim(path, owners, name, spelling)
                if spelling not in groups.setdefault(name, []):
                    groups[name].append(spelling)
    return Aliases(tuple(sorted(map(tuple, groups.values()))))


def _claim(path: Path, owners: dict[str, str], name: str, spelling: str) -> None:
    folded = "".join(words(spelling))
    if not folded:
        raise AliasesError(str(path), Reason.NO_LETTERS, spelling=spelling)
    owner = owners.setdefault(folded, name)
    if owner != name:
        raise AliasesError(str(path), Reason.TWO_PLACES, spelling=spelling, first=owner, second=name)


def _read(path: Path) -> dict[str, list[str]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return _TABLE.validate_python(table)
    except FileNotFoundError:
        return {}
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(str(part) for part in first["loc"] if part != "[key]")
        hint = 'write  "name" = ["another spelling"]'
        told = f"at {where}: {first['msg']}; {hint}"
        raise AliasesError(str(path), Reason.NOT_UNDERSTOOD, text=told) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise AliasesError(str(path), Reason.NOT_UNDERSTOOD, text=str(error)) from error
