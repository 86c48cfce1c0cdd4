"""One settings object: the environment first, then a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PACKAGE = Path(__file__).parent

ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
"""The driver to use where a URL names only the database."""


class SettingsError(Exception):
    """A setting is wrong; the message names it and says how to mend it."""


def shipped(folder: str) -> Path:
    """The folder of data that comes with the package: beside it in a checkout, inside a wheel."""
    beside = PACKAGE.parent / folder
    return beside if beside.is_dir() else PACKAGE / "shipped" / folder


class Settings(BaseSettings):
    """Everything that can be set. Names of the environment variables stand in `alias`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True
    )

    discord_token: SecretStr | None = Field(default=None, alias="DISCORD_TOKEN")
    database: str | None = Field(default=None, alias="DATABASE_URL")
    knowledge_dir: Path = Field(default_factory=lambda: shipped("knowledge"), alias="KNOWLEDGE_DIR")
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("redline", appauthor=False),
        alias="REDLINE_DATA_DIR",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", alias="REDLINE_LOG_LEVEL"
    )
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        default=None, alias="REDLINE_HEALTH_PORT"
    )
    transcripts: bool = Field(default=False, alias="REDLINE_TRANSCRIPTS")
    """Whether servers may have all messages of discussions logged; needs Message Content."""

    @field_validator("discord_token", "database", "health_port", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("database")
    @classmethod
    def _async_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            url = make_url(value)
        except ArgumentError:
            raise ValueError(
                "is not a database URL; an example: postgresql+asyncpg://user:password@host/name"
            ) from None
        if url.drivername in ASYNC_DRIVERS:
            url = url.set(drivername=ASYNC_DRIVERS[url.drivername])
        if url.drivername not in ASYNC_DRIVERS.values():
            raise ValueError(
                f"names the driver {url.drivername!r}; use sqlite+aiosqlite or postgresql+asyncpg"
            )
        return url.render_as_string(hide_password=False)

    @property
    def database_url(self) -> str:
        """Async SQLAlchemy URL: `DATABASE_URL`, or a SQLite file in the data directory."""
        return self.database or f"sqlite+aiosqlite:///{self.data_dir / 'redline.sqlite3'}"

    @property
    def cache_dir(self) -> Path:
        """Where derived data lies that can be rebuilt at any time."""
        return self.data_dir / "cache"

    @classmethod
    def load(cls) -> Settings:
        """Read the settings. Raises SettingsError with one line a fault, never with a value."""
        try:
            return cls()
        except ValidationError as error:
            lines = [
                f"{fault['loc'][0]}: {fault['msg'].removeprefix('Value error, ')}"
                for fault in error.errors(include_input=False, include_url=False)
            ]
            raise SettingsError("\n".join(lines)) from None
