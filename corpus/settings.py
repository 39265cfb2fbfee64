"""Settings of the corpus, read from the environment (`ISOPOLIS_...`) once, at the entry point."""

from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError
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


def load(kind: type[S]) -> S:
    """Build settings from the environment.

    Raises:
        SettingsError: a variable has an impossible value; the text names it.
    """
    try:
        return kind()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ISOPOLIS_" + "_".join(str(p) for p in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg']}") from error
