from __future__ import annotations

from tests.telegram.conftest import bot, double, person

__all__ = ["bot", "double", "person"]
