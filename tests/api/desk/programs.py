"""Programs that ask the desk with a key, for tests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient

from api.desk.service import Desk
from corpus.desk.accounts import Newcomer
from corpus.desk.keys import KeyScope
from corpus.desk.rights import DeskRole
from tests.api.desk.conftest import PASSWORD
from tests.factories import NOW


@dataclass(frozen=True, slots=True)
class Program:
    """A program that acts for somebody."""

    client: TestClient
    key: str
    account: int

    def ask(self, method: str, path: str, status: int = 200, seen: int | None = None, **sent: Any) -> Any:
        """Ask, and give back what was answered as JSON."""
        headers = {"Authorization": f"Bearer {self.key}"} | ({} if seen is None else {"If-Match": f'"{seen}"'})
        answer = self.client.request(method, f"/v1/desk{path}", headers=headers, **sent)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.headers.get("content-type") == "application/json" else answer


Join = Callable[..., Program]


def program(
    client: TestClient,
    desk: Desk,
    name: str,
    role: DeskRole,
    scope: KeyScope = KeyScope.WRITE,
    countries: frozenset[str] | None = None,
) -> Program:
    """Somebody joins the desk and makes a key."""
    secret = desk.accounts.invite(Newcomer(f"{name}@example.org", role, countries), NOW)
    account = desk.accounts.accept(secret, name, PASSWORD, NOW)
    return Program(client, desk.accounts.keys.issue(account.id, "a program", scope, NOW), account.id)
