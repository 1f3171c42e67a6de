"""Raw requests, as a bot without a library would send them."""

from __future__ import annotations

import functools
import json
from typing import Any

import httpx

from tests.telegram.accounts import Account
from tests.telegram.double import Double
from tests.telegram.values import JSON


@functools.cache
def _client() -> httpx.Client:
    return httpx.Client(trust_env=False)


def ask(double: Double, bot: Account | str, method: str, **parameters: Any) -> JSON:
    """The whole answer to a method, with its parameters as a form."""
    token = bot if isinstance(bot, str) else bot.token
    form = {key: value if isinstance(value, str) else json.dumps(value) for key, value in parameters.items()}
    answer: JSON = _client().post(f"{double.base_url}{token}/{method}", data=form, timeout=5).json()
    return answer


def result(double: Double, bot: Account, method: str, **parameters: Any) -> Any:
    """The result of a method that must succeed."""
    answer = ask(double, bot, method, **parameters)
    assert answer["ok"], answer
    return answer["result"]


def refusal(double: Double, bot: Account | str, method: str, **parameters: Any) -> str:
    """Status and description of a method that must be refused."""
    answer = ask(double, bot, method, **parameters)
    assert not answer["ok"], answer
    return f"{answer['error_code']} {answer['description']}"
