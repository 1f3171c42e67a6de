"""The manifest: what a generation is, what made it, and the checksums of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from index.errors import DamagedGeneration

MANIFEST_FILE: Final = "manifest.json"
_LAYOUT: Final = 1  # raised when files are arranged in another way
_OWN_DIGEST: Final = "sha256"  # of the manifest's other values: the one file that no manifest lists
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a generation says of itself. ``built`` is a UTC time in ISO 8601."""

    number: int
    built: str
    embedder: str
    dimension: int
    searching: Mapping[str, int]
    reading: Mapping[str, int]
    vector_store: str
    lexical_store: str
    passages: int
    documents: Mapping[str, str]
    """The SHA-256 of each document's file, by name."""
    files: Mapping[str, str]
    """The SHA-256 of each of the generation's own files, by path below its folder."""
    recall: float | None = None
    """The share of the ten nearest passages that the vector store found on a sample; None if it always finds all."""
    layout: int = _LAYOUT

    def text(self) -> str:
        """The manifest as JSON, with a digest of itself."""
        values = asdict(self)
        return json.dumps({**values, _OWN_DIGEST: _digest(values)}, ensure_ascii=False, indent=1)

    def write(self, folder: Path) -> None:
        """Writes the manifest, the last file of a generation."""
        (folder / MANIFEST_FILE).write_text(self.text(), encoding="utf-8")


def read_manifest(folder: Path, number: int) -> Manifest:
    """The manifest in ``folder``.

    Raises:
        DamagedGeneration: it is missing, cannot be read, or was written by another version of Dalil.
    """
    try:
        text = (folder / MANIFEST_FILE).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DamagedGeneration(number, f"{MANIFEST_FILE} is missing") from error
    except (OSError, ValueError) as error:
        raise DamagedGeneration(number, f"{MANIFEST_FILE} cannot be read") from error
    return parsed_manifest(text, number)


def parsed_manifest(text: str, number: int) -> Manifest:
    """The manifest that `Manifest.text` gave.

    Raises:
        DamagedGeneration: it is not that of generation ``number``, or was written by another version of Dalil.
    """
    try:
        values = json.loads(text)
        is_whole = values.pop(_OWN_DIGEST) == _digest(values) and values["number"] == number
        layout = values["layout"]
        manifest = Manifest(**values) if layout == _LAYOUT else None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise DamagedGeneration(number, f"{MANIFEST_FILE} cannot be read") from error
    if not is_whole:
        raise DamagedGeneration(number, f"{MANIFEST_FILE} is not what was written")
    if manifest is None:
        raise DamagedGeneration(number, f"its layout is {layout}, this version reads {_LAYOUT}")
    return manifest


def checksums(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files below ``folder``, read by several threads (hashing releases the GIL)."""
    wanted = sorted(names)
    with ThreadPoolExecutor(4) as pool:
        return dict(zip(wanted, pool.map(lambda name: _sha256(folder / name), wanted), strict=True))


def verify(folder: Path, manifest: Manifest) -> None:
    """Compares every file with its checksum.

    Raises:
        DamagedGeneration: a file is missing or altered; the message names it.
    """
    missing = [name for name in manifest.files if not (folder / name).is_file()]
    if missing:
        raise DamagedGeneration(manifest.number, f"{missing[0]} is missing")
    try:
        found = checksums(folder, manifest.files)
    except OSError as error:
        raise DamagedGeneration(manifest.number, f"a file cannot be read: {error}") from error
    altered = [name for name, digest in manifest.files.items() if found[name] != digest]
    if altered:
        raise DamagedGeneration(manifest.number, f"{altered[0]} is not what was written")


def _digest(values: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
