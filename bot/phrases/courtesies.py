"""What is answered to greetings, thanks and goodbyes that come without a question."""

from __future__ import annotations

from typing import Final

from bot.phrases.names import PhraseName
from retrieval.courtesy import Courtesy

COURTESIES: Final[dict[Courtesy, PhraseName]] = {
    "peace": PhraseName.COURTESY_PEACE,
    "greeting": PhraseName.COURTESY_GREETING,
    "thanks": PhraseName.COURTESY_THANKS,
    "goodbye": PhraseName.COURTESY_GOODBYE,
    "request": PhraseName.COURTESY_REQUEST,
}
