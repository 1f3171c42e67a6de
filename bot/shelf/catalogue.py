"""Changing ``catalogue.toml`` and leaving everything else in it as somebody wrote it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import SingleKey

from index.catalogue import CATALOGUE_FILE, Entry
from index.errors import CatalogueError
from index.reasons import Reason


def changed_catalogue(text: str, entries: Mapping[str, Entry], without: Collection[str]) -> str:
    """The catalogue ``text`` with these entries, and without those of ``without``.

    Raises:
        CatalogueError: the text cannot be understood.
    """
    try:
        catalogue = tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise CatalogueError(CATALOGUE_FILE, Reason.NOT_UNDERSTOOD, text=str(error)) from error
    for name in without:
        catalogue.pop(name, None)
    for name, entry in entries.items():
        catalogue.pop(name, None)
        values = entry.model_dump(exclude_none=True, exclude_defaults=True)
        if values:
            table = tomlkit.table()
            table.update(values)
            catalogue.append(SingleKey(name), table)
    return tomlkit.dumps(catalogue)
