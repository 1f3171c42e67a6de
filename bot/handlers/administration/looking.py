"""What is looked at from time to time, by the process whose turn it is."""

from __future__ import annotations

from abc import ABC, abstractmethod

import structlog
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.services import Services
from bot.state.errors import StateUnavailable

_log = structlog.get_logger("dalil.looking")


class Looking(ABC):
    """A look that is taken again and again, never twice at once; what fails for a while is tried the next time."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._is_looking = False

    async def look(self, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Does what is due; nothing while that is still being done, or where it is another process's turn."""
        if self._is_looking or not self._services.leads:
            return
        self._is_looking = True
        try:
            await self._look()
        except (StateUnavailable, TelegramError, OSError) as error:
            _log.warning("will be looked at again", what=type(self).__name__, reason=type(error).__name__)
        finally:
            self._is_looking = False

    @abstractmethod
    async def _look(self) -> None:
        """What is due now."""
