"""Settings of the service, read from the environment (`ISOPOLIS_...`) once, at the entry point."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from limits import parse_many
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _limit(text: str) -> str:
    if text:
        try:
            parse_many(text)
        except ValueError as error:
            raise ValueError(f"{text!r} is no limit; write 60/minute, or several as in 60/minute;600/hour") from error
    return text


def _storage(text: str) -> str:
    if text:
        try:
            storage_from_string(text)
        except ConfigurationError as error:
            raise ValueError(f"{text!r} cannot be used: {error}; write memory:// or leave it empty") from error
    return text


def _networks(text: str) -> str:
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            ip_network(part)
        except ValueError as error:
            raise ValueError(f"{part!r} is no address or network; write 10.0.0.7 or 10.0.0.0/24") from error
    return text


Limit = Annotated[str, AfterValidator(_limit)]
Storage = Annotated[str, AfterValidator(_storage)]
Networks = Annotated[str, AfterValidator(_networks)]


def _issuer(text: str) -> str:
    parts = urlsplit(text)
    here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    safe = parts.scheme == "https" or (parts.scheme == "http" and here)
    if text and (not safe or not parts.netloc or parts.query or parts.fragment):
        raise ValueError(f"{text!r} is no issuer; write https://login.example, without ? and #")
    return text


def _scopes(text: str) -> str:
    if "openid" not in text.split():
        raise ValueError(f"{text!r} lacks openid; write openid email profile")
    return text


Issuer = Annotated[str, AfterValidator(_issuer)]
Scopes = Annotated[str, AfterValidator(_scopes)]


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
    limit_ideas: Limit = Field(
        "60/minute;600/hour", description="How many ideas one client may have answered; empty for any number."
    )
    limit_files: Limit = Field(
        "60/minute", description="How many files of lists one client may fetch, feeds among them; empty for any number."
    )
    limit_letters: Limit = Field(
        "20/hour", description="How often one client may ask for letters to an address; empty for any number."
    )
    limit_secrets: Limit = Field(
        "30/minute",
        description="How many links of letters, and how many passwords, one client may try; empty for any number.",
    )
    limit_storage: Storage = Field(
        "memory://",
        description="Where requests are counted: `memory://` in each process, or an address of the library `limits` "
        "that processes share, such as redis://...; empty where a proxy in front limits, and nothing is counted.",
    )
    proxies: Networks = Field(
        "",
        description="Addresses or networks of proxies in front, separated by commas: what they say of the client's "
        "address and scheme (X-Forwarded-For, X-Forwarded-Proto) is believed, and nobody else's word.",
    )
    docs: bool = Field(True, description="Whether the interactive API documentation is served at /docs.")


class OidcSettings(BaseSettings):
    """Another service at which curators can sign in by OpenID Connect; without an issuer there is none."""

    model_config = SettingsConfigDict(env_prefix="ISOPOLIS_OIDC_", frozen=True, extra="ignore", env_ignore_empty=True)

    issuer: Issuer = Field(
        "",
        description="Issuer, exactly as the service names itself; `/desk/elsewhere` below the public address is where "
        "people come back to. Empty: nobody signs in elsewhere.",
    )
    client: str = Field("", description="Name of this installation at the service (client id).")
    secret: SecretStr = Field(SecretStr(""), description="Its secret; empty for a public client.")
    scopes: Scopes = Field("openid email profile", description="What is asked of the service; `openid` is part of it.")
    claim: str = Field(
        "email", description="Claim with the address that was invited; it counts where `email_verified` is true."
    )
    name: str = Field("", description="What people call the service; empty: the host of the issuer.")
