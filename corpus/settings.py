"""Settings of the corpus, read from the environment (`ISOPOLIS_...`) once, at the entry point."""

from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import SettingsError

S = TypeVar("S", bound=BaseSettings)


class CorpusSettings(BaseSettings):
    """Where records live. Built at the entry point and passed down; nothing reads the environment later."""

    model_config = SettingsConfigDict(env_prefix="ISOPOLIS_", frozen=True, extra="ignore", env_ignore_empty=True)

    home: Path = Field(Path("var"), description="Folder of everything that Isopolis writes.")
    database_url: str = Field(
        "", description="SQLAlchemy address of the store; empty means an SQLite file in the home folder."
    )
    curated: Path | None = Field(None, description="Folder of curated records; empty means those that are shipped.")

    @property
    def store_url(self) -> str:
        """Address of the store."""
        return self.database_url or f"sqlite:///{(self.home / 'isopolis.db').resolve()}"

    @property
    def snapshots(self) -> Path:
        """Folder of the snapshots."""
        return self.home / "snapshots"


class MailSettings(BaseSettings):
    """Where letters go. Without a server they are put into the folder `outbox` of the home folder."""

    model_config = SettingsConfigDict(env_prefix="ISOPOLIS_MAIL_", frozen=True, extra="ignore", env_ignore_empty=True)

    host: str = Field("", description="SMTP server; empty means that letters are files in the home folder's `outbox`.")
    port: int = Field(587, ge=1, le=65535, description="Port of the SMTP server.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection is protected; `none` only for a server on the same machine."
    )
    user: str = Field("", description="Name at the SMTP server; empty means that it asks for none.")
    password: SecretStr = Field(SecretStr(""), description="Password at the SMTP server.")
    sender: str = Field(
        "Isopolis <isopolis@localhost>",
        pattern=r"^([^<>@]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$",
        description="Sender of letters.",
    )


def load(kind: type[S]) -> S:
    """Build settings from the environment.

    Raises:
        SettingsError: a variable has an impossible value; the text names it.
    """
    try:
        return kind()
    except ValidationError as error:
        first = error.errors()[0]
        prefix = str(kind.model_config.get("env_prefix", ""))
        name = prefix + "_".join(str(p) for p in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from error
