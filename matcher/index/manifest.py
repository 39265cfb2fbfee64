"""What an index was built from; a mismatch is refused with the remedy, never read anyway."""

import datetime as dt
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from matcher.errors import IndexMismatchError, IndexMissingError

FORMAT = 3
"""Version of the layout and of the text preparation; raise it when either changes."""


class IndexManifest(BaseModel):
    """Stamp of an index."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    snapshot: str
    model: str
    dimension: int
    built_at: dt.datetime
    records: dict[str, int]
    passages: int
    documents: int
    """Records of the word index, each as often as it has languages."""
    vectors: dict[str, int] = {}
    """Passages in the vector store by kind, each once."""


def read_manifest(folder: Path) -> IndexManifest:
    """Stamp of the index in a folder.

    Raises:
        IndexMissingError: there is no index.
        IndexMismatchError: it has another format.
    """
    try:
        manifest = IndexManifest.model_validate_json((folder / "manifest.json").read_bytes())
    except OSError as error:
        raise IndexMissingError(f"there is no index in {folder}; run `isopolis index`") from error
    except ValidationError as error:
        raise IndexMismatchError(f"{folder}: the manifest is broken; run `isopolis index`") from error
    if manifest.format != FORMAT:
        raise IndexMismatchError(f"the index has format {manifest.format}, not {FORMAT}; run `isopolis index`")
    return manifest


def check(manifest: IndexManifest, snapshot: str, model: str, dimension: int) -> None:
    """Refuse an index that does not belong to a snapshot and a model.

    Raises:
        IndexMismatchError: names both sides and the remedy.
    """
    if (manifest.model, manifest.dimension) != (model, dimension):
        made, asked = f"{manifest.model} ({manifest.dimension})", f"{model} ({dimension})"
        raise IndexMismatchError(
            f"the index was built by the model {made}, the settings ask for {asked}: "
            "run `isopolis index`, or set ISOPOLIS_MODEL back"
        )
    if manifest.snapshot != snapshot:
        raise IndexMismatchError(
            f"the index was built from snapshot {manifest.snapshot[:16]}, in use is {snapshot[:16]}: "
            "run `isopolis index`"
        )
