"""The settings: one frozen object, read once from the environment and ``.env``, checked before anything loads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.weeks import Weekly, weekly

_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_SERVER: Final = re.compile(r"postgres(ql)?://")
_ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*")


class SettingsError(Exception):
    """A setting is wrong; the message names its environment variable."""


class Settings(BaseSettings):
    """Every setting; each has an environment variable, listed in ``.env.example``."""

    model_config = SettingsConfigDict(
        env_prefix="DALIL_",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    data: Path = Field(Path("data"), description="where generations are kept")
    database_url: SecretStr | None = Field(
        None, description="postgresql://…: a server that any number of machines share; empty: files in DALIL_DATA"
    )
    database_read_url: SecretStr | None = Field(
        None, description="standbys: generations are read from there, and all else while DALIL_DATABASE_URL is lost"
    )
    documents: str = Field("", description="administrators' documents; empty: documents in DALIL_DATA")
    embedder: str = Field(
        "shipped", min_length=1, description="shipped, or the name or folder of a sentence-transformers model"
    )
    embedder_dimension: int | None = Field(None, ge=1, le=65_536, description="numbers of a vector that are kept")
    question_prompt: str | None = Field(None, description="put before a question instead of the embedder's own prompt")
    passage_prompt: str | None = Field(None, description="put before a passage instead of the embedder's own prompt")
    reranker: str = Field("", description="the name or folder of a cross-encoder; empty for none")
    reranked: int = Field(16, ge=1, le=1000, description="windows of text that the reranker puts in order")
    device: str = Field(
        "auto",
        pattern=r"^(auto|cpu|mps|(cuda|xpu|npu|hpu)(:\d+)?)$",
        description="where models other than ours compute",
    )
    batch_size: int = Field(32, ge=1, le=4096, description="texts that go through such a model together")
    max_file_mb: int = Field(64, ge=1, le=1024, description="files larger than this many MB are not indexed")
    read_seconds: float = Field(300, gt=0, le=86_400, description="a file that takes longer to read is given up")
    read_memory_mb: int = Field(2048, ge=256, description="memory that reading one file may take, in MB")

    token: SecretStr | None = Field(
        None, validation_alias="TELEGRAM_BOT_TOKEN", description="what BotFather gave; only the bot needs it"
    )
    telegram_base_url: str = Field(
        "https://api.telegram.org/bot", description="the Bot API server, for one of your own; the token is put after it"
    )
    telegram_base_file_url: str = Field("https://api.telegram.org/file/bot", description="likewise, for files")
    admins: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="administrators' Telegram ids, with commas between them"
    )
    groups: Literal["any", "approved"] = Field("any", description="approved: administrators let each group in")
    webhook_url: str = Field("", description="the public address for updates, https; empty: they are fetched")
    webhook_listen: str = Field("127.0.0.1", min_length=1, description="the address that the webhook listens on")
    webhook_port: int = Field(8443, ge=1, le=65_535, description="the port that the webhook listens on")
    webhook_secret: SecretStr | None = Field(
        None, description="what Telegram must say with each update; empty: one of ours"
    )
    state: str = Field("", description="the bot's database; empty: DALIL_DATABASE_URL, or state.sqlite in DALIL_DATA")
    role: Literal["all", "poller", "answerer"] = Field(
        "all", description="what a process that shares a server does: takes in updates, answers them, or both"
    )
    memory_minutes: float = Field(30, gt=0, le=10_080, description="after which a conversation is forgotten")
    late_minutes: float = Field(10, gt=0, le=10_080, description="after which a question is too old to be answered")
    kept_days: int = Field(30, ge=1, le=3650, description="days that receipts of answers are kept")
    withdrawn_hours: float = Field(
        48, ge=0, le=720, description="hours for which answers from a withdrawn report are marked in private; 0: never"
    )
    least_free_mb: int = Field(1024, ge=0, description="MB on disk below which administrators are told")
    digest: str = Field("sunday 08:00", description="when administrators are sent the digest of a week; or off")
    time_zone: str = Field("UTC", description="whose clock the digest goes by, as the IANA calls it: Africa/Cairo")
    person_per_minute: float = Field(30, gt=0, description="questions a minute that a person may ask")
    chat_per_minute: float = Field(60, gt=0, description="questions a minute that may be asked in a group")
    log_text: bool = Field(False, description="1: questions' words stand in the log")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="what is logged")
    metrics_port: int | None = Field(
        None, ge=1, le=65_535, description="/metrics and /healthz on 127.0.0.1; empty: none"
    )

    @property
    def secrets(self) -> tuple[SecretStr | None, ...]:
        """What must not be logged."""
        return self.token, self.webhook_secret, self.database_url, self.database_read_url

    @field_validator("embedder", "reranker", mode="before")
    @classmethod
    def _blank_is_empty(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator(
        "embedder_dimension",
        "metrics_port",
        "token",
        "webhook_secret",
        "database_url",
        "database_read_url",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("admins", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else value

    @field_validator("digest")
    @classmethod
    def _is_off_or_weekly(cls, value: str) -> str:
        if (said := " ".join(value.lower().split())) != "off":
            try:
                weekly(said)
            except ValueError:
                raise ValueError("is neither off nor a day and a time such as sunday 08:00") from None
        return said

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("is no time zone of the IANA, such as Africa/Cairo") from None

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("is not of the form that BotFather gives: digits, a colon, letters")
        return value

    @field_validator("telegram_base_url", "telegram_base_file_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not _ADDRESS.fullmatch(value):
            raise ValueError("is not an address that begins with http:// or https://")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _is_an_address_or_empty(cls, value: str) -> str:
        return cls._is_an_address(value) if value else value

    @field_validator("database_url", "database_read_url")
    @classmethod
    def _is_a_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SERVER.match(value.get_secret_value()):
            raise ValueError("is not an address that begins with postgresql://")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _is_a_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("may hold 1 to 256 letters, digits, _ and - only")
        return value

    @property
    def digest_at(self) -> Weekly | None:
        """When the digest is due; None: never."""
        return None if self.digest == "off" else weekly(self.digest)

    @property
    def zone(self) -> ZoneInfo:
        """By whose clock that is."""
        return ZoneInfo(self.time_zone)


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: one of them, or ``.env``, cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_told(error)) from None  # the error itself holds what was set, secrets too
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read: {error}") from error


def _told(error: ValidationError) -> str:
    """What is wrong, in a line, without the value of a secret."""
    first = error.errors()[0]
    problem = first["msg"].removeprefix("Value error, ")
    field = str(first["loc"][0])
    name = field if field.isupper() else f"DALIL_{field.upper()}"
    is_secret = name.endswith(("_TOKEN", "_SECRET", "_DATABASE_URL", "_DATABASE_READ_URL"))
    return f"{name}: {problem}" if is_secret else f"{name} = {first['input']!r}: {problem}"
