"""Signing in at another service by OpenID Connect: Authorization Code with PKCE, state and nonce (ADR 16).

Nothing is asked of the other service before somebody chooses it. What it answers counts only when it is signed by a
key that it published, and made out for us, for this browser, a moment ago.
"""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.settings import OidcSettings
from corpus.desk.elsewhere import ElsewhereError, Identity, Refusal

_PATIENCE = 10
"""Seconds to wait for the other service."""
_CLOCKS_DIFFER = 60
"""Seconds by which clocks may differ."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Of signatures with a public key. A key that both sides know could be one that somebody guessed; `none` is none."""


class Attempt:
    """What ties an answer to the browser that asked: all follows from one secret, which only its cookie holds."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    @classmethod
    def new(cls) -> "Attempt":
        """Somebody begins to sign in."""
        return cls(secrets.token_urlsafe(32))

    @property
    def state(self) -> str:
        """Comes back beside the code: the answer belongs to a question of this browser."""
        return self._part("state")

    @property
    def nonce(self) -> str:
        """Comes back inside the signed token: it was made for this question."""
        return self._part("nonce")

    @property
    def verifier(self) -> str:
        """Proves that who brings the code is who asked (PKCE, RFC 7636)."""
        return self._part("verifier")

    def _part(self, name: str) -> str:
        return hashlib.sha256(f"{name} {self.secret}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Server:
    """What the other service publishes of itself (OpenID Connect Discovery)."""

    issuer: str
    authorization: str
    token: str
    keys: str
    auth: str
    """How we prove to it who we are."""


class Provider:
    """The other service."""

    def __init__(self, settings: OidcSettings, back: str) -> None:
        """`back`: the whole address to which people come back. Nothing is asked yet."""
        self._settings = settings
        self.back = back
        self._server: _Server | None = None
        self._keys: KeySet | None = None
        self._lock = Lock()

    @property
    def name(self) -> str:
        """How people know it."""
        return self._settings.name or urlsplit(self._settings.issuer).netloc

    def begin(self, attempt: Attempt) -> str:
        """Where the person goes to sign in.

        Raises:
            ElsewhereError: the service cannot be asked.
        """
        with self._client() as client:
            address, _state = client.create_authorization_url(
                self._asked(client).authorization,
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(address)

    def finish(self, attempt: Attempt, code: str) -> Identity:
        """Whom the service vouches for.

        Raises:
            ElsewhereError: it does not answer, or with something that cannot be trusted.
        """
        with self._client() as client:
            server = self._asked(client)
            client.token_endpoint_auth_method = server.auth if client.client_secret else "none"
            try:
                answer = client.fetch_token(
                    server.token, code=code, code_verifier=attempt.verifier, grant_type="authorization_code"
                )
            except httpx2.TransportError as error:
                raise _unreachable(error) from error
            except (OAuthError, httpx2.HTTPError, ValueError) as error:
                raise _untrusted(error) from error
            claims = self._claims(client, server, answer, attempt)
        return self._identity(claims)

    def _claims(self, client: Any, server: _Server, answer: Any, attempt: Attempt) -> CodeIDToken:
        try:
            token = self._opened(client, server, answer["id_token"])
            options = {
                "iss": {"essential": True, "value": server.issuer},
                "aud": {"essential": True, "value": self._settings.client},
                "nonce": {"essential": True, "value": attempt.nonce},
                "sub": {"essential": True},
            }
            params = {"client_id": self._settings.client, "nonce": attempt.nonce}
            params["access_token"] = answer.get("access_token")
            claims = CodeIDToken(token.claims, token.header, options, params)
            claims.validate(leeway=_CLOCKS_DIFFER)
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise _untrusted(error) from error
        return claims

    def _opened(self, client: Any, server: _Server, token: str) -> jwt.Token:
        """The token, its signature checked; when the service has new keys they are fetched once."""
        if self._keys is not None:
            with suppress(JoseError, ValueError):
                return jwt.decode(token, self._keys, algorithms=ALGORITHMS)
        self._keys = KeySet.import_key_set(_read(client, server.keys))
        return jwt.decode(token, self._keys, algorithms=ALGORITHMS)

    def _identity(self, claims: CodeIDToken) -> Identity:
        email, name = claims.get(self._settings.claim), claims.get("name")
        return Identity(
            issuer=claims["iss"],
            subject=str(claims["sub"]),
            email=email if isinstance(email, str) else "",
            verified=claims.get("email_verified") in (True, "true"),
            name=name if isinstance(name, str) else "",
        )

    def _client(self) -> Any:
        settings = self._settings
        return OAuth2Client(
            client_id=settings.client,
            client_secret=settings.secret.get_secret_value() or None,
            scope=settings.scopes,
            redirect_uri=self.back,
            code_challenge_method="S256",
            timeout=_PATIENCE,
        )

    def _asked(self, client: Any) -> _Server:
        with self._lock:
            if self._server is None:
                self._server = _server(client, self._settings.issuer)
            return self._server


def _server(client: Any, issuer: str) -> _Server:
    told = _read(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    safe = "https://" if issuer.startswith("https://") else "http"
    unsafe = [name for name in names if not str(told.get(name, "")).startswith(safe)]
    if unsafe:
        raise ElsewhereError(Refusal.UNTRUSTED, f"the service publishes no safe {', '.join(unsafe)}")
    if told.get("issuer") != issuer:  # else another service could stand in for this one
        raise ElsewhereError(Refusal.UNTRUSTED, "the service says that it is another issuer than ISOPOLIS_OIDC_ISSUER")
    ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    auth = "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
    authorization, token, keys = (str(told[name]) for name in names)
    return _Server(issuer, authorization, token, keys, auth)


def _read(client: Any, address: str) -> Any:
    try:
        answer = client.request("GET", address, withhold_token=True)
        answer.raise_for_status()
        found = answer.json()
    except httpx2.HTTPError as error:
        raise _unreachable(error) from error
    except ValueError as error:
        raise _untrusted(error) from error
    if not isinstance(found, dict):
        raise ElsewhereError(Refusal.UNTRUSTED, "the service answered something else than a JSON object")
    return found


def _unreachable(error: Exception) -> ElsewhereError:
    return ElsewhereError(Refusal.UNREACHABLE, f"the service does not answer ({type(error).__name__})")


def _untrusted(error: Exception) -> ElsewhereError:
    """Of the error its kind, and which claim: never the values, which tell of a person."""
    claim = getattr(error, "claim", "") or (error.args[0] if isinstance(error, KeyError) else "")
    return ElsewhereError(Refusal.UNTRUSTED, f"the answer cannot be trusted ({type(error).__name__} {claim})")
