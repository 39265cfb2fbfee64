"""Requests that carry the key or the token. Neither is stored, shown or sent to where a redirect points."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import SecretStr
from scrapy import Request
from scrapy.http import Response

from crawler.sources.fr_aides_territoires.answer import read_token

UNAUTHORISED = 401
NO_KEY = SecretStr("")
_RENEWED = "renewed"


class Access:
    """Exchanges the key for a token, and signs pages with it."""

    def __init__(self, url: str, key: SecretStr, on_token: Callable[..., Any], on_lost: Callable[..., Any]) -> None:
        self._url, self._key, self._token = url, key, NO_KEY
        self._on_token, self._on_lost = on_token, on_lost

    def ask(self, page: Request) -> Request:
        """The page with a token; where there is none yet, the question for one."""
        return self._signed(page) if self._token.get_secret_value() else self._exchange(page)

    def renew(self, page: Request, response: Response) -> Request | None:
        """The token was not taken: a new one, once for each page."""
        if response.meta.get(_RENEWED):
            return None
        return self._exchange(page.replace(meta=page.meta | {_RENEWED: True}))

    def take(self, body: bytes, page: Request) -> Iterator[Request]:
        """Keep the token, and ask for the page that waits for it."""
        self._token = SecretStr(read_token(body))
        yield self._signed(page)

    def _exchange(self, page: Request) -> Request:
        return Request(
            self._url,
            method="POST",
            headers={"X-AUTH-TOKEN": self._key.get_secret_value(), "Accept": "application/json"},
            callback=self._on_token,
            errback=self._on_lost,
            cb_kwargs={"page": page},
            meta={"dont_cache": True, "dont_redirect": True},
            dont_filter=True,
        )

    def _signed(self, page: Request) -> Request:
        """That a token is refused is an answer and no error."""
        headers = {"Authorization": f"Bearer {self._token.get_secret_value()}", "Accept": "application/json"}
        meta = page.meta | {"dont_redirect": True, "handle_httpstatus_list": [UNAUTHORISED]}
        return page.replace(headers=headers, meta=meta, dont_filter=True)
