"""Settings of the matcher, read from the environment (`ISOPOLIS_...`) once, at the entry point."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGED = "multilingual-e5-small"


class MatcherSettings(BaseSettings):
    """Where the index lives and which model makes the vectors."""

    model_config = SettingsConfigDict(env_prefix="ISOPOLIS_", frozen=True, extra="ignore")

    home: Path = Field(Path("var"), description="Folder of everything that Isopolis writes.")
    model: str = Field(
        PACKAGED, description="Embedding model: the packaged one, or a sentence-transformers name or folder."
    )
    engine: Literal["openvino", "torch"] = Field(
        "openvino", description="What runs the packaged model: OpenVINO, or PyTorch through sentence-transformers."
    )
    chroma_url: str = Field(
        "", description="Address of a Chroma server (http://host:port); empty means files in the home folder."
    )

    @property
    def index(self) -> Path:
        """Folder of the indexes."""
        return self.home / "index"

    @property
    def chroma(self) -> Path:
        """Folder of the embedded vector store."""
        return self.home / "chroma"

    @property
    def models(self) -> Path:
        """Folder of unpacked models."""
        return self.home / "models"
