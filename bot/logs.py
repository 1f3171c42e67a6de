"""Logs: one JSON line an event on standard error, with ids, counts and times, and never a secret."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import Final

import structlog

_QUIET: Final = {  # what these say at INFO holds addresses with the token, or is of no use
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "apscheduler.executors": logging.CRITICAL,  # that a job was cancelled because we are to stop
    "tornado.access": logging.ERROR,
    "telegram.request.BaseRequest": logging.CRITICAL,  # the pages of proxies, which are faults as others are
    "telegram.ext": logging.CRITICAL,  # its loop that makes requests again
    "telegram.ext.Application": logging.WARNING,
    "telegram.ext.Updater": logging.CRITICAL,  # its faults reach our own handlers, which say them once
    "telegram.ext.AIORateLimiter": logging.CRITICAL,
}


class _WithoutData(logging.Filter):
    """The library's only critical messages show an update that it cannot read, with all that a person said."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[0] if record.exc_info else None
        record.msg = f"an update could not be read: {error.__name__ if error else 'unknown'}"
        record.args, record.exc_info = None, None
        return True


class _Discreet(structlog.stdlib.ProcessorFormatter):
    """Blots secrets out of whole lines, tracebacks included."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=_CHAIN,
        )
        self._secrets = tuple(filter(None, secrets))

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line


_CHAIN: Final = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def set_up_logs(level: str, secrets: Iterable[str]) -> None:
    """Sends all logs to standard error from ``level`` up, with ``secrets`` blotted out wherever they occur."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet(secrets))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(least)
    logging.getLogger("telegram.ext.Updater").addFilter(_WithoutData())
    structlog.configure(
        processors=[*_CHAIN[:2], _CHAIN[3], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
