"""Lists of this source: YAML files with a model behind them, and how their words are found in texts."""

import re
import unicodedata
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from crawler.errors import MetadataError

T = TypeVar("T")


def read_list(kind: type[T], path: Path) -> T:
    """Read a list.

    Raises:
        MetadataError: the file cannot be read or breaks a rule; the text names file and field.
    """
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(kind).validate_python(data)
    except OSError as error:
        raise MetadataError(f"{path}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise MetadataError(f"{path}: not valid YAML: {error}") from error
    except ValidationError as error:
        lines = (f"{path}: {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise MetadataError("\n".join(lines)) from error


def fold(text: str) -> str:
    """A text in lower case and without accents, which are left out in capitals and by hurried writers."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for whole words and phrases, where `*` stands for any ending; for words and texts that are folded."""
    one = (r"\s+".join(re.escape(part).replace(r"\*", r"\w*") for part in word.split()) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(one)})(?!\w)")
