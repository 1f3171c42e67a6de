"""What a bot's HTTP request says: its parameters and its files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.telegram.values import JSON, Upload

DECODED = set(
    "reply_markup reply_parameters entities caption_entities commands scope allowed_updates link_preview_options "
    "message_ids reaction menu_button chat_id message_id message_thread_id draft_id offset timeout limit".split()
)


@dataclass(frozen=True)
class Asked:
    """A request, read to its end."""

    token: str
    method: str
    parameters: JSON
    files: dict[str, Upload]
    token_in_query: bool

    @property
    def chat_id(self) -> int:
        """The chat that it names by number, else 0."""
        value = str(self.parameters.get("chat_id", ""))
        return int(value) if re.fullmatch(r"-?\d+", value) else 0

    def decoded(self) -> JSON:
        """The parameters with numbers and JSON read, for assertions."""
        return {name: _decoded(value) if name in DECODED else value for name, value in self.parameters.items()}

    @property
    def token_in_parameters(self) -> bool:
        return any(self.token in str(value) for value in self.parameters.values())


async def read(request: web.Request) -> Asked:
    """Parameters from the query, a form, a multipart body or JSON, as Telegram takes them."""
    parameters: JSON = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body = await request.read()
        parameters |= json.loads(body) if body else {}
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, FileField):
                files[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                parameters[name] = value if isinstance(value, str) else bytes(value).decode()
    token = request.match_info["token"]
    return Asked(token, request.match_info["method"], parameters, files, token in request.query_string)


def _decoded(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
