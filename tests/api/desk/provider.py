"""A small OpenID Connect provider on the loopback: real keys, real signatures, and whatever a test wants wrong."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "isopolis", "a-secret-of-the-client"
CODE = "the code"


@dataclass
class Login:
    """The provider, and what its next answer says."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    claims: dict[str, Any] = field(default_factory=dict)
    """Instead of what is right; None leaves a claim out."""
    metadata: dict[str, Any] = field(default_factory=dict)
    signed_by: Any = None
    algorithm: str = "RS256"
    port: int = 0
    asked: dict[str, str] = field(default_factory=dict)
    """What the person brought along."""
    log: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def seen(self, address: str) -> None:
        """Somebody comes to sign in."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

    def published(self) -> dict[str, Any]:
        ways = ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("jwks_uri", "keys")
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{way}" for name, way in ways}, **self.metadata}

    def token(self) -> str:
        now = int(time.time())
        right = {"iss": self.issuer, "sub": "42", "aud": CLIENT, "iat": now, "exp": now + 300}
        right |= {"nonce": self.asked.get("nonce"), "email": "nida@example.org", "email_verified": True, "name": "Nida"}
        claims = {name: value for name, value in {**right, **self.claims}.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        return jwt.encode(header, claims, self.signed_by or self.key, algorithms=[self.algorithm])

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A code for a token, as RFC 6749 and RFC 7636 want it."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        known = authorization == f"Basic {basic}"
        proven = challenge.decode().rstrip("=") == self.asked.get("code_challenge")
        right = form.get("code") == CODE and form.get("redirect_uri") == self.asked.get("redirect_uri")
        if not (known and proven and right and form.get("grant_type") == "authorization_code"):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "access", "token_type": "Bearer", "id_token": self.token()}


def _handler(login: Login) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            login.log.append(self.path)
            known = {"/.well-known/openid-configuration": login.published(), "/keys": _keys(login)}
            self._answer(200 if self.path in known else 404, known.get(self.path, {}))

        def do_POST(self) -> None:
            login.log.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*login.exchange(form, self.headers.get("Authorization", "")))

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in the library
            """Say nothing."""

    return Handler


def _keys(login: Login) -> dict[str, Any]:
    return {"keys": [login.key.as_dict(private=False)]}


@contextmanager
def provider() -> Iterator[Login]:
    """A provider that answers until the end of the block."""
    login = Login()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(login))
    login.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield login
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
