"""The crawler says who it is, is polite, and rehearses on this machine only."""

import pytest
from pydantic import SecretStr, ValidationError

from corpus.errors import SettingsError
from corpus.settings import load
from crawler.errors import CrawlSettingsError
from crawler.settings import CrawlSettings, is_loopback, scrapy_settings, secret_of, user_agent


def settings(**values: object) -> CrawlSettings:
    return CrawlSettings.model_validate({"crawl_contact": "me@example.org"} | values)


def test_it_names_itself_and_how_to_reach_whoever_runs_it() -> None:
    assert user_agent(settings()) == "Isopolis/0.1 (finds EU calls for cities; contact: me@example.org)"


def test_it_does_not_start_without_a_contact() -> None:
    with pytest.raises(CrawlSettingsError, match="ISOPOLIS_CRAWL_CONTACT"):
        user_agent(settings(crawl_contact=" "))
    assert "rehearsal" in user_agent(settings(crawl_contact="", crawl_replica="http://127.0.0.1:1"))


def test_a_contact_cannot_smuggle_headers() -> None:
    assert "\n" not in user_agent(settings(crawl_contact="me@example.org\r\nX: y"))
    with pytest.raises(CrawlSettingsError, match="ASCII"):
        user_agent(settings(crawl_contact="аз@example.org"))


def test_politeness() -> None:
    made = scrapy_settings(settings(crawl_delay=2))
    assert made["ROBOTSTXT_OBEY"] is True
    assert made["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    assert made["DOWNLOAD_DELAY"] == 2
    assert made["AUTOTHROTTLE_ENABLED"] is True
    assert made["HTTPCACHE_ENABLED"] is True
    assert scrapy_settings(settings(crawl_delay=0))["AUTOTHROTTLE_ENABLED"] is False


@pytest.mark.parametrize("url", ["http://127.0.0.1:8099", "http://127.8.8.8", "http://[::1]:80/"])
def test_on_this_machine(url: str) -> None:
    assert is_loopback(url)
    assert settings(crawl_replica=url).crawl_replica == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    ["http://localhost:1", "https://127.0.0.1", "http://10.0.0.1", "http://127.0.0.1.example.org", "127.0.0.1", "x"],
)
def test_not_on_this_machine(url: str) -> None:
    assert not is_loopback(url)
    with pytest.raises(ValidationError, match="not on this machine"):
        settings(crawl_replica=url)


def test_a_bad_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISOPOLIS_CRAWL_REPLICA", "http://example.org")
    with pytest.raises(SettingsError, match=r"ISOPOLIS_CRAWL_REPLICA: .*not on this machine"):
        load(CrawlSettings)
    monkeypatch.setenv("ISOPOLIS_CRAWL_REPLICA", "")
    monkeypatch.setenv("ISOPOLIS_CRAWL_DELAY", "slow")
    with pytest.raises(SettingsError, match="ISOPOLIS_CRAWL_DELAY"):
        load(CrawlSettings)


def test_a_secret_is_found_by_name_and_never_shown() -> None:
    found = settings(aides_territoires_key=" k3y\n")
    assert secret_of(found, "aides_territoires_key") == SecretStr("k3y")
    assert "k3y" not in f"{found!r} {found} {scrapy_settings(found)}"
    assert secret_of(settings(), "aides_territoires_key").get_secret_value() == ""


@pytest.mark.parametrize("name", ["moon", "crawl_contact"])
def test_only_secrets_are_handed_out_as_secrets(name: str) -> None:
    with pytest.raises(CrawlSettingsError, match=f"'{name}' is not a secret setting"):
        secret_of(settings(), name)


@pytest.mark.parametrize("key", ["k3y\r\nX: y", "ключ"])
def test_a_key_cannot_smuggle_headers(key: str) -> None:
    with pytest.raises(CrawlSettingsError, match="ISOPOLIS_AIDES_TERRITOIRES_KEY is no key") as caught:
        secret_of(settings(aides_territoires_key=key), "aides_territoires_key")
    assert key not in str(caught.value)
