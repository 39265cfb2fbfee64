"""Settings of the service, read from the environment (`ISOPOLIS_...`) once, at the entry point."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ApiSettings(BaseSettings):
    """How the service presents itself and how much it accepts."""

    model_config = SettingsConfigDict(env_prefix="ISOPOLIS_API_", frozen=True, extra="ignore")

    address: str = Field(
        "",
        pattern=r"^(https?://[^\s/?#]+)?$",
        description="Public address of the service, such as https://isopolis.example, as files, feeds and letters name "
        "it; empty means the one by which it is asked.",
    )
    contact: str = Field(
        "",
        pattern=r"^([^\s@<>?&]+@[^\s@<>?&]+)?$",
        description="Address of e-mail to which people report errors; empty shows none.",
    )
    site: Path | None = Field(
        None, description="A YAML file with the name, the colours and the first filters of a partner's own site."
    )
    max_body: int = Field(64_000, ge=1_000, description="Largest request body in bytes.")
    docs: bool = Field(True, description="Whether the interactive API documentation is served at /docs.")
