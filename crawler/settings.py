"""Settings of the crawler, and the Scrapy settings that follow from them.

The crawler says who it is and how to reach whoever runs it, obeys robots.txt, and asks one thing at a time
of each host.
"""

import ipaddress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from crawler.errors import CrawlSettingsError


class CrawlSettings(BaseSettings):
    """How to crawl. Built at the entry point and passed down; nothing reads the environment later."""

    model_config = SettingsConfigDict(env_prefix="ISOPOLIS_", frozen=True, extra="ignore", env_ignore_empty=True)

    home: Path = Field(Path("var"), description="Folder of everything that Isopolis writes.")
    crawl_contact: str = Field("", description="Address or page at which a site can reach whoever runs the crawler.")
    crawl_replica: str = Field(
        "", description="Address of a replica on this machine that answers in place of all sites, for rehearsals."
    )
    crawl_delay: float = Field(1.5, ge=0, le=600, description="Seconds between two requests to one host.")
    crawl_autothrottle: bool = Field(True, description="Slow down further when a host answers slowly.")
    crawl_timeout: float = Field(60, gt=0, le=3600, description="Seconds to wait for one answer.")
    crawl_retries: int = Field(3, ge=0, le=10, description="How often a failed request is sent again.")
    crawl_retry_after_max: float = Field(
        300,
        ge=0,
        le=86400,
        description="Longest wait, in seconds, when a host asks to come back later; for longer the run gives up.",
    )
    crawl_verify: bool = Field(
        True, description="Refuse a site whose TLS certificate cannot be verified: nobody knows who answers there."
    )
    crawl_file_max: int = Field(
        8_000_000_000,
        ge=1000,
        description="Largest file, in bytes, that is downloaded from a source that publishes files.",
    )
    crawl_file_timeout: float = Field(
        7200, gt=0, le=86400, description="Seconds that the download of one whole file may take."
    )
    crawl_cache_days: int = Field(
        30, ge=1, le=3650, description="Days after which a page is dropped that no good run has seen again."
    )
    crawl_resume_hours: float = Field(
        24, ge=0, le=720, description="An interrupted run that began longer ago is not gone on with."
    )
    crawl_log_level: str = Field(
        "CRITICAL",
        pattern="^(DEBUG|INFO|WARNING|ERROR|CRITICAL)$",
        description="Level of Scrapy's log; what matters to a run is in its table and its issues.",
    )

    aides_territoires_key: SecretStr = Field(
        SecretStr(""),
        description="Key of a user of Aides-territoires, asked for on that site; without it the source is skipped.",
    )

    @property
    def pages(self) -> Path:
        """Folder of pages by which sites are asked for changes only."""
        return self.home.resolve() / "pages"

    @property
    def downloads(self) -> Path:
        """Folder of files that are being read; empty between runs."""
        return self.home.resolve() / "downloads"

    @field_validator("crawl_replica")
    @classmethod
    def _on_this_machine(cls, value: str) -> str:
        if value and not is_loopback(value):
            raise ValueError(f"{value!r} is not on this machine; use for example http://127.0.0.1:8099")
        return value.rstrip("/")


def secret_of(settings: CrawlSettings, name: str) -> SecretStr:
    """The secret that a source needs; empty when it is not set.

    Raises:
        CrawlSettingsError: there is no such setting, it is none that is kept secret, or it is no key.
    """
    value = getattr(settings, name, None)
    if not isinstance(value, SecretStr):
        raise CrawlSettingsError(f"{name!r} is not a secret setting of the crawler")
    key = value.get_secret_value().strip()
    if not key.isascii() or not key.isprintable():
        raise CrawlSettingsError(f"ISOPOLIS_{name.upper()} is no key: it goes into a header, in plain letters")
    return SecretStr(key)


def is_loopback(url: str) -> bool:
    """Whether an address is plain HTTP on this machine. Names are not trusted, only loopback numbers."""
    parts = urlsplit(url)
    try:
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def user_agent(settings: CrawlSettings) -> str:
    """Who we are and how to reach us.

    Raises:
        CrawlSettingsError: nobody could reach whoever runs this crawler.
    """
    contact = " ".join(settings.crawl_contact.split())
    if not contact and not settings.crawl_replica:
        raise CrawlSettingsError(
            "ISOPOLIS_CRAWL_CONTACT is empty: set it to an e-mail address or a page, so that the sites that are "
            "crawled can reach you"
        )
    if not contact.isascii():
        raise CrawlSettingsError("ISOPOLIS_CRAWL_CONTACT goes into an HTTP header: use plain ASCII letters")
    return f"Isopolis/0.1 (finds EU calls for cities; contact: {contact or 'rehearsal on a replica'})"


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Settings of the Scrapy process."""
    handler = "crawler.downloads.PoliteDownloads"
    return {
        "BOT_NAME": "isopolis",
        "USER_AGENT": user_agent(settings),
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "Isopolis",
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "CONCURRENT_ITEMS": 1,  # more would only draw records ahead into memory: the store takes one at a time
        "DOWNLOAD_DELAY": settings.crawl_delay,
        "DOWNLOAD_TIMEOUT": settings.crawl_timeout,
        "DOWNLOAD_VERIFY_CERTIFICATES": settings.crawl_verify,
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "AUTOTHROTTLE_ENABLED": settings.crawl_autothrottle and settings.crawl_delay > 0,
        "AUTOTHROTTLE_START_DELAY": max(settings.crawl_delay, 0.01),
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "RETRY_TIMES": settings.crawl_retries,
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_POLICY": "crawler.cache.Policy",
        "HTTPCACHE_STORAGE": "crawler.cache.Storage",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
            "crawler.cache.Cache": 900,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawler.robots.Robots": 100,
            "crawler.robots.UnreadRobots": 150,  # below the one that obeys, above the retries
        },
        "ITEM_PIPELINES": {"crawler.pipelines.StorePipeline": 300},
        "LOG_LEVEL": settings.crawl_log_level,
        "ISOPOLIS_DOWNLOADS": str(settings.downloads),
        "ISOPOLIS_FILE_MAX": settings.crawl_file_max,
        "ISOPOLIS_FILE_TIMEOUT": settings.crawl_file_timeout,
        "ISOPOLIS_REPLICA": settings.crawl_replica,
        "ISOPOLIS_RETRY_AFTER_MAX": settings.crawl_retry_after_max,
    }
