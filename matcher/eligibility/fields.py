"""Reading fields of a JSON file, with messages that name the field."""

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from matcher.errors import ProfileError
from matcher.profile import input_problems

T = TypeVar("T")
_WORDS: dict[type[object], str] = {str: "a text", list: "a list", dict: "an object"}


def as_json(path: Path) -> dict[str, Any]:
    """The object that a JSON file holds.

    Raises:
        ProfileError: the file cannot be opened, is not JSON or holds something else.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(str(path), f"cannot be read: {error}") from error
    except json.JSONDecodeError as error:
        raise ProfileError(str(path), f"is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise ProfileError(str(path), "must hold an object with calls and pairs")
    return data


def field_of(raw: Any, name: str, kind: type[T], where: str) -> T:
    """A field that must be there and of the kind given.

    Raises:
        ProfileError: the field is missing or of another kind.
    """
    path = f"{where}.{name}" if where else name
    if not isinstance(raw, dict):
        raise ProfileError(where or "file", "must be an object")
    value = raw.get(name)
    if not isinstance(value, kind):
        told = "is missing" if value is None else f"must be {_WORDS[kind]}"
        raise ProfileError(path, told)
    return value


def problems_of(error: ValidationError) -> tuple[str, ...]:
    """What is wrong, each with its field."""
    return input_problems(error)
