"""The settings: read once from the environment and `.env`, checked, then never changed."""

import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.kit.zones import every_zone

PREFIX = "COMMONPLACE_"
_MINIMUM_SECRET_LENGTH = 32


class SettingsError(Exception):
    """Settings that cannot be used; the message lists each and says what is wrong."""


class Settings(BaseSettings):
    """Every setting, with its default; each is documented in `docs/settings.md`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        # Other programs may have their lines in the same file.
        dotenv_filtering="match_prefix",
        frozen=True,
        extra="forbid",
        env_ignore_empty=True,
    )

    data_dir: Path = Path("data")
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    base_url: Annotated[str, Field(pattern=r"^https?://[^/\s]+$")] = "http://127.0.0.1:8000"
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = "commonplace@localhost"
    time_zone: str = "UTC"
    admin_email: str = ""
    admin_password: SecretStr = SecretStr("")
    organisation: str = ""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "console"] = "auto"
    run_worker: bool = True
    session_days: Annotated[int, Field(ge=1, le=365)] = 30
    max_upload_mb: Annotated[int, Field(ge=1, le=500)] = 50
    max_attachment_mb: Annotated[int, Field(ge=1, le=200)] = 20
    files_url: SecretStr = SecretStr("")
    metrics: bool = False
    development: bool = False
    index_check_minutes: Annotated[int, Field(ge=0, le=10_080)] = 10
    meaning_model: Path | None = None

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, folder: Path) -> Path:
        return folder.expanduser().resolve()

    @field_validator("meaning_model")
    @classmethod
    def _folder_there(cls, folder: Path | None) -> Path | None:
        if folder is None:
            return None
        if not folder.expanduser().is_dir():
            raise ValueError("must be a folder that is there")
        return folder.expanduser().resolve()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url.startswith("postgres://"):
            url = "postgresql://" + url.removeprefix("postgres://")
        if url.startswith("postgresql://"):
            url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
        if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url

    @field_validator("smtp_url")
    @classmethod
    def _known_mail(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value() and not url.get_secret_value().startswith(
            ("smtp://", "smtps://", "smtp+starttls://")
        ):
            raise ValueError("must begin with smtp://, smtp+starttls:// or smtps://")
        return url

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in every_zone():
            raise ValueError("must be a time zone by its IANA name, like Europe/Berlin")
        return name

    @field_validator("files_url")
    @classmethod
    def _known_store(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value() and not url.get_secret_value().startswith("s3://"):
            raise ValueError("must begin with s3://, or be empty for a folder beside the data")
        return url

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: SecretStr) -> SecretStr:
        if key.get_secret_value() and len(key.get_secret_value()) < _MINIMUM_SECRET_LENGTH:
            raise ValueError(f"must have at least {_MINIMUM_SECRET_LENGTH} characters")
        return key

    @property
    def database(self) -> str:
        """SQLAlchemy's address of the database: the one set, else a file in `data_dir`."""
        return self.database_url or f"sqlite:///{self.data_dir / 'commonplace.db'}"

    @property
    def index_folder(self) -> Path:
        return self.data_dir / "index"

    @property
    def files_folder(self) -> Path:
        return self.data_dir / "files"

    @property
    def meaning_folder(self) -> Path:
        return self.data_dir / "meaning"

    @property
    def sends_mail(self) -> bool:
        return bool(self.smtp_url.get_secret_value())

    @property
    def over_https(self) -> bool:
        return self.base_url.startswith("https://")

    @cached_property
    def key(self) -> bytes:
        """The key that signs: the one set, else one made on first use and kept beside the data."""
        given = self.secret_key.get_secret_value()
        return given.encode() if given else _kept_key(self.data_dir / "secret-key")


def _kept_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
    try:
        if not path.exists():
            made.touch(mode=0o600)
            made.write_text(secrets.token_urlsafe(48))
            # A link either makes the file whole or fails: several processes agree on one key.
            os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink(missing_ok=True)
    return path.read_bytes()


def load_settings(**given: Any) -> Settings:
    """Read the settings, with `given` on top; raises SettingsError for unknown or invalid ones."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(n for n in os.environ if n.startswith(PREFIX) and n not in known)
    if unknown:
        raise SettingsError(
            f"Unknown setting: {', '.join(unknown)}. docs/settings.md lists those that exist."
        )
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = [
            f"{_variable(e['loc'])}: {e['msg'].removeprefix('Value error, ')}"
            for e in error.errors(include_input=False, include_url=False)
        ]
        raise SettingsError("Invalid setting: " + "; ".join(lines)) from error


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else "?"
    return name.upper() if name.upper().startswith(PREFIX) else PREFIX + name.upper()
