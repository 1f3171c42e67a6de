"""Files that a bot sends, and files that it fetches."""

from __future__ import annotations

import io

from PIL import Image

from tests.telegram.calls import Call
from tests.telegram.errors import bad_request
from tests.telegram.messages import written
from tests.telegram.methods.sending import send
from tests.telegram.values import JSON, StoredFile

MOST_TO_UPLOAD = {"document": 50 * 1024 * 1024, "photo": 10 * 1024 * 1024}
MOST_OF_BOTH_SIDES = 10_000  # points of width and height together (Bot API, sendPhoto)
MOST_TIMES_LONGER = 20


def described(kept: StoredFile) -> JSON:
    """The fields that every file has in a message; its size may be unknown."""
    size = {} if kept.size is None else {"file_size": kept.size}
    return {"file_id": kept.file_id, "file_unique_id": f"u{kept.file_id[-12:]}", **size}


def send_document(call: Call) -> JSON:
    file, name, mime = _given(call, "document")
    names = {"file_name": name, "mime_type": mime} if name else {}
    return send(call, {"document": {**described(file), **names}, **_caption(call)}).for_bot()


def send_photo(call: Call) -> JSON:
    file, _, _ = _given(call, "photo")
    width, height = picture_size(file.content)
    sizes = [{**described(file), "width": width, "height": height}]
    return send(call, {"photo": sizes, **_caption(call)}).for_bot()


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a picture.

    Raises:
        Refused: it is none, or larger or longer than photos may be.
    """
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            width, height = picture.size
    except OSError:
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > MOST_OF_BOTH_SIDES or max(width, height) > MOST_TIMES_LONGER * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _caption(call: Call) -> JSON:
    return written(call.caption(), caption=True) if call.has("caption") else {}


def _given(call: Call, kind: str) -> tuple[StoredFile, str, str]:
    """The file, uploaded with the request or named by its id."""
    value = call.string(kind)
    upload = call.files.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > MOST_TO_UPLOAD[kind]:
            raise bad_request("file is too big")
        kept = call.world.keep(upload.content, name=f"{kind}s/{upload.name}")
        return kept, upload.name, upload.mime
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value not in call.world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return call.world.files[value], "", ""


def get_file(call: Call) -> JSON:
    """Where to download a file of at most 20 MB."""
    kept = call.world.files.get(call.string("file_id"))
    if kept is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if kept.too_big:
        raise bad_request("file is too big")
    return {**described(kept), "file_path": kept.path}


METHODS = {"sendDocument": send_document, "sendPhoto": send_photo, "getFile": get_file}
