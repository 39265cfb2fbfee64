"""What tests read of pages and errors."""

from collections.abc import Mapping
from typing import Any, Protocol

from parsel import Selector


class Response(Protocol):
    """Of an answer, what is read here: the test client's own class comes from a library that Starlette chooses."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def text(self) -> str: ...

    def json(self) -> Any: ...


def page(response: Response) -> Selector:
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Selector(response.text)


def cards(response: Response, section: str) -> list[str]:
    """Ids of the records of a section of the page, in order."""
    return page(response).xpath(f"//section[h2/@id='{section}']/article/@id").getall()


def error_of(response: Response) -> dict[str, Any]:
    """The error of a JSON answer, after a look at its shape: it is the same for every way to fail."""
    body = response.json()
    assert set(body) == {"error"}
    error: dict[str, Any] = body["error"]
    assert set(error) == {"code", "message", "fields", "reference"}
    assert error["message"]
    assert len(error["reference"]) == 12
    assert all(set(item) == {"field", "message"} for item in error["fields"])
    return error
