"""Making a backup while everything goes on."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.backup.contents import ABOUT, DOCUMENTS, GENERATION, STAGED, STATE, About
from bot.shelf.editions import files_in
from bot.shelf.files import written_beside
from bot.shelf.shelf import Shelf
from bot.state.copying import copied_state
from index.library import Library
from index.repository import Generations

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # that a zip can tell


@dataclass(frozen=True)
class Saver:
    """Backs up one data folder; ``state`` is a path or the URL of a database."""

    generations: Generations
    shelf: Shelf
    state: str

    def save(self, target: Path, *, with_index: bool) -> About:
        """Writes a backup to ``target``, readable by its owner only; gives what it says of itself.

        Documents and generation belong together: nothing is switched meanwhile. Answering goes on.

        Raises:
            FileExistsError: ``target`` is there already.
            StateError: the state cannot be read.
        """
        if target.exists():
            raise FileExistsError(f"{target} is there already: give another name")
        with written_beside(target.absolute()) as temporary, self.shelf.unchanging():
            temporary.touch(mode=0o600)
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                return self._fill(archive, with_index=with_index)

    def _fill(self, archive: zipfile.ZipFile, *, with_index: bool) -> About:
        live = self.generations.live()
        library = self.generations.open_live() if live is not None else None
        built = self.generations.files(library.manifest.number) if library else {}
        files = files_in(self.shelf.documents)
        with tempfile.TemporaryDirectory(prefix="dalil-backup-") as folder:
            state = copied_state(self.state, Path(folder) / STATE)
            staged = self.shelf.copy_staged(Path(folder) / STAGED)
            about = About(
                made=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                generation=live,
                embedder=library.manifest.embedder if library else None,
                with_index=with_index and bool(built),
                with_state=state is not None,
                elsewhere=tuple(sorted(_names(library) - files.keys())),
            )
            archive.writestr(ABOUT, about.model_dump_json(indent=1))
            for name in files:
                _add(archive, self.shelf.documents / name, f"{DOCUMENTS}{name}")
            for path in staged:
                _add(archive, path, path.relative_to(folder).as_posix())
            if state is not None:
                _add(archive, state, STATE)
        if about.with_index:
            for name, path in built.items():
                _add(archive, path, f"{GENERATION}{name}")
        return about


def _names(library: Library | None) -> set[str]:
    return {record.name for record in library.documents} if library else set()


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Adds a file without telling who owned it."""
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.file_size = path.stat().st_size  # so that more than 4 GB have room
    with path.open("rb") as reading, archive.open(entry, "w") as writing:
        while block := reading.read(1 << 20):
            writing.write(block)
