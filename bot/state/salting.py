"""A person's id as a hash: the same for the same person in one state, and nothing anywhere else.

It keeps names out of lists and copies of them. Whoever has the whole state, salt included, can try all ids.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

import sqlalchemy as sa

from bot.state.database import inserting
from bot.state.tables import salts

_OF_PEOPLE: Final = "people"
_BYTES: Final = 32


def salted(connection: sa.Connection, person: int) -> str:
    """The person's hash, 64 hexadecimal digits; the salt is made when it is first needed."""
    insertion = inserting(connection, salts).values(name=_OF_PEOPLE, value=secrets.token_hex(_BYTES))
    connection.execute(insertion.on_conflict_do_nothing())
    salt = connection.scalar(sa.select(salts.c.value).where(salts.c.name == _OF_PEOPLE))
    return hmac.new(str(salt).encode(), str(person).encode(), hashlib.sha256).hexdigest()
