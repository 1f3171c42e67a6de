"""From bytes to text, and never to the wrong text: what cannot be told is refused.

Strict UTF-8 comes first, because text of another encoding is practically never valid UTF-8. After
it come the two encodings old Arabic files have, windows-1256 and ISO 8859-6. Both give Arabic
letters for nearly any bytes, so a reading counts only where it looks like written Arabic.
"""

from __future__ import annotations

import codecs
import re

from index.errors import SourceError
from index.reasons import Reason

_MARKS = (  # UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_OLD_ARABIC = ("cp1256", "iso8859_6")
_DECLARED = {
    "windows-1256": "cp1256",
    "cp1256": "cp1256",
    "x-cp1256": "cp1256",
    "iso-8859-6": "iso8859_6",
    "iso8859-6": "iso8859_6",
    "asmo-708": "iso8859_6",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",  # browsers take it so
    "latin1": "cp1252",
}
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_USUAL_CHARACTER = re.compile("[\t\n\r\x20-\x7e\u00a0-\u017f\u0600-\u06ff\u200b-\u2027\ufb50-\ufefc\ufeff]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")

_LETTER = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]")
_ARABIC = re.compile("[\u0621-\u0652\u067e\u0686\u0698\u06a9\u06af\u060c\u061b\u061f]")
_FREQUENT = re.compile("[اليمونرتهة]")  # 7 of 10 letters of the sample reports
# What the one encoding shows in the middle of a word that was written in the other.
_STRANGE_IN_A_WORD = re.compile("[\u0621-\u0652][\u00ac\u00c0-\u00ff]|[\u00c0-\u00ff][\u0621-\u0652]")


def decode(content: bytes, *, name: str, declared: str | None = None) -> str:
    """The text of a file, exactly, but for a byte-order mark at its beginning.

    ``declared`` is the encoding the file names itself; it decides where the bytes leave a doubt.

    Raises:
        SourceError: it is no text, is damaged, or its encoding cannot be told.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _marked(content[len(mark) :], encoding, name=name)
    if _CONTROLS.search(content) and (wide := _wide(content)) is not None:
        return wide
    _refuse_binary(content, name=name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(content, error.start, name=name)
    return _old_arabic(content, _DECLARED.get((declared or "").lower()), name=name)


def _marked(content: bytes, encoding: str, *, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(name, Reason.DAMAGED_TEXT, encoding=encoding.upper(), byte=error.start) from None
    _refuse_binary(text.encode("utf-8"), name=name)
    return text


def _wide(content: bytes) -> str | None:
    """The content read as UTF-16 or UTF-32 without a mark; None where that gives no usual text."""
    best, best_share = None, 0.9  # the wrong order of bytes gives Chinese, the wrong width nothing at all
    for encoding in _WIDE:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = len(_USUAL_CHARACTER.findall(text)) / max(1, len(text))
        if share > best_share:
            best, best_share = text, share
    return best


def _refuse_binary(content: bytes, *, name: str) -> None:
    controls = len(_CONTROLS.findall(content))
    if b"\0" in content or controls * 100 > len(content):
        raise SourceError(name, Reason.NOT_TEXT)


def _refuse_damaged_utf8(content: bytes, position: int, *, name: str) -> None:
    """Refuse UTF-8 with a fault in it, which windows-1256 would show as Arabic letters, all wrong."""
    sequences = _UTF8_SEQUENCE.findall(content)
    faults = len(_HIGH_BYTE.findall(content)) - sum(map(len, sequences))
    if len(sequences) > faults:
        raise SourceError(name, Reason.DAMAGED_TEXT, encoding="UTF-8", byte=position)


def _old_arabic(content: bytes, declared: str | None, *, name: str) -> str:
    readings = _plausible_readings(content)
    if declared and (declared in readings or not readings):
        readings = {declared: readings.get(declared) or _read_as_declared(content, declared, name=name)}
    if not readings:
        raise SourceError(name, Reason.UNKNOWN_ENCODING)
    first, *others = sorted(set(readings.values()), key=_articles, reverse=True)
    if others and _articles(first) == _articles(others[0]):
        raise SourceError(name, Reason.EITHER_ENCODING)
    return first


def _plausible_readings(content: bytes) -> dict[str, str]:
    readings = {}
    for encoding in _OLD_ARABIC:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _looks_arabic(text):
            readings[encoding] = text
    return readings


def _looks_arabic(text: str) -> bool:
    """Whether what is not ASCII in ``text`` is Arabic as people write it.

    Russian, Greek and Hebrew read as windows-1256, and each of the two Arabic encodings read as the
    other, fail here: letters of both scripts in one word, or the wrong letters frequent.
    """
    if any("\x80" <= character <= "\x9f" for character in text):
        return False
    high = sum(character > "\x7f" for character in text)
    arabic = len(_ARABIC.findall(text))
    strange = len(_STRANGE_IN_A_WORD.findall(text))
    frequent = len(_FREQUENT.findall(text)) / max(1, len(_LETTER.findall(text)))
    return arabic > 0.8 * high and strange <= 0.02 * arabic and frequent > 0.4


def _articles(text: str) -> int:
    """How often two letters of the article ال stand together: in the wrong encoding, hardly ever."""
    return text.count("ال")


def _read_as_declared(content: bytes, declared: str, *, name: str) -> str:
    try:
        return content.decode(declared)
    except UnicodeDecodeError as error:
        raise SourceError(name, Reason.WRONG_ENCODING, encoding=declared, byte=error.start) from None
