"""The parts of a .docx file: a zip of XML files, trusted in nothing.

The package is read here and not by python-docx because that library refuses a whole document for
one picture that is missing, and passes over inserted words, content controls and text boxes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any, TypeAlias

from lxml import etree

from index.errors import SourceError
from index.reasons import Reason

Element: TypeAlias = Any  # an lxml element; the library is not typed

LARGEST = 200 * 2**20
"""Bytes a file may unpack to."""
HIGHEST_RATIO = 200
"""How tightly a file may be packed: one table of 200,000 figures packs 103-fold, plain text 26-fold."""
HIGHEST_RATIO_FROM = 20 * 2**20
"""Bytes up to which a file may be packed as tightly as it likes."""

_NAME_BYTES = 64  # of a stream's name in the directory of an OLE file ([MS-CFB], 2.6.1)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATED = "_rels/{}.rels"


class WordPackage:
    """A checked, opened .docx file."""

    def __init__(self, content: bytes, *, name: str) -> None:
        """Look at the table of the zip only; nothing is unpacked yet.

        Raises:
            SourceError: this is no .docx file, or one that would unpack to too much.
        """
        self._name = name
        _refuse_other_kinds(content, name=name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            raise SourceError(name, Reason.CUT_OFF) from None
        entries = self._zip.infolist()
        _refuse_bomb(sum(entry.file_size for entry in entries), len(content), name=name)
        self._entries = {entry.filename.lower(): entry for entry in entries}
        self.main = self._related("").get("officeDocument", "")
        if self.main.lower() not in self._entries:
            raise SourceError(name, Reason.NOT_WORD)

    def main_part(self) -> Element:
        """The root of the document itself."""
        return self._parse(self.main)

    def part(self, kind: str) -> Element | None:
        """The root of the part the document calls its ``kind``, such as ``footnotes``; None without one."""
        return self._optional(self._related(self.main).get(kind))

    def core_properties(self) -> Element | None:
        """The root of what the package says about itself."""
        return self._optional(self._related("").get("core-properties"))

    def _optional(self, part: str | None) -> Element | None:
        return self._parse(part) if part and part.lower() in self._entries else None

    def _related(self, part: str) -> dict[str, str]:
        """The parts that ``part`` ("": the package) points to, by the last word of their kind."""
        folder, file = posixpath.split(part)
        root = self._optional(posixpath.join(folder, _RELATED.format(file)))
        related: dict[str, str] = {}
        for link in () if root is None else root:
            if link.get("TargetMode") != "External":
                target = posixpath.join("/", folder, link.get("Target", ""))
                kind = link.get("Type", "").rpartition("/")[2]
                related.setdefault(kind, posixpath.normpath(target).lstrip("/"))
        return related

    def _parse(self, part: str) -> Element:
        # Each part gets a parser of its own: entities stay unexpanded, nothing is fetched.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(self._unpack(part), parser)
        except etree.XMLSyntaxError as error:
            if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from None
            raise SourceError(self._name, Reason.DAMAGED_XML, part=part) from None
        if root.getroottree().docinfo.doctype:
            raise SourceError(self._name, Reason.STRANGE_PART, part=part)
        return root

    def _unpack(self, part: str) -> bytes:
        entry = self._entries[part.lower()]
        try:
            with self._zip.open(entry) as file:
                # By its stated size: a plain read() would unpack all before it sees that the size is a lie.
                return file.read(entry.file_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):  # ValueError: a negative offset
            raise SourceError(self._name, Reason.DAMAGED_PART, part=part) from None
        except RuntimeError:  # a password, or a way of packing that is not known
            raise SourceError(self._name, Reason.STRANGE_PACKING) from None


def _refuse_other_kinds(content: bytes, *, name: str) -> None:
    if not content:
        raise SourceError(name, Reason.EMPTY)
    if content.startswith(_OLE):
        if any(_has_stream(content, stream) for stream in ("EncryptedPackage", "EncryptionInfo")):
            raise SourceError(name, Reason.LOCKED)
        raise SourceError(name, Reason.OLD_WORD if _has_stream(content, "WordDocument") else Reason.NOT_WORD)
    if not content.startswith(b"PK"):
        raise SourceError(name, Reason.NOT_WORD)


def _has_stream(content: bytes, stream: str) -> bool:
    """Whether the directory of an OLE file names a stream; the text of a document may hold the same word."""
    field = stream.encode("utf-16-le").ljust(_NAME_BYTES, b"\0")
    length = 2 * (len(stream) + 1)  # bytes, with the zero at its end
    return field + length.to_bytes(2, "little") in content


def _refuse_bomb(unpacked: int, packed: int, *, name: str) -> None:
    before, after = f"{packed / 2**20:.1f}", f"{unpacked / 2**20:.0f}"
    if unpacked > LARGEST:
        limit = LARGEST // 2**20
        raise SourceError(name, Reason.UNPACKS_TO_TOO_MUCH, packed=before, unpacked=after, limit=limit)
    if unpacked > HIGHEST_RATIO_FROM and unpacked > HIGHEST_RATIO * packed:
        raise SourceError(name, Reason.PACKED_TOO_TIGHTLY, packed=before, unpacked=after)
