"""The settings: one frozen object, read once from the environment and ``.env``, checked before anything loads."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting is wrong; the message names its environment variable."""


class Settings(BaseSettings):
    """Every setting; each has an environment variable, listed in ``.env.example``."""

    model_config = SettingsConfigDict(
        env_prefix="DALIL_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    data: Path = Field(Path("data"), description="where generations are kept")
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

    @field_validator("embedder", "reranker", mode="before")
    @classmethod
    def _blank_is_empty(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator("embedder_dimension", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: one of them, or ``.env``, cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(map(str, first["loc"])).upper()
        raise SettingsError(f"DALIL_{name} = {first['input']!r}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read: {error}") from error
