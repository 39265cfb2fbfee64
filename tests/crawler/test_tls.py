"""A site that cannot show who it is gets no question answered: its certificate is verified by default."""

import datetime as dt
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.crawler.process import ROOT, environment

CODE = """
import sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from corpus.settings import load
from crawler.settings import CrawlSettings, scrapy_settings

class Asks(scrapy.Spider):
    name = "asks"
    allowed_domains = [sys.argv[1].split("/")[2]]
    async def start(self):
        meta = {"save": len(sys.argv) > 2, "allow_offsite": True}
        yield scrapy.Request(sys.argv[1], callback=self.on_page, errback=self.on_lost, meta=meta)
    def on_page(self, response):
        print("answered", response.status)
    def on_lost(self, failure):
        print("refused", failure.type.__name__, failure.getErrorMessage())

own = {"ITEM_PIPELINES": {}, "HTTPCACHE_ENABLED": False, "ROBOTSTXT_OBEY": False, "RETRY_ENABLED": False}
process = AsyncCrawlerProcess(scrapy_settings(load(CrawlSettings)) | own)
process.crawl(Asks)
process.start()
"""


class Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[str]:
    """A server on this machine with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    pem = tmp_path / "server.pem"
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    pem.write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hello)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


def ask(home: Path, url: str, *as_file: str, **extra: str) -> str:
    env = environment(home, "", ISOPOLIS_CRAWL_CONTACT="crawler@example.org", ISOPOLIS_CRAWL_TIMEOUT="10", **extra)
    command = [sys.executable, "-c", CODE, url, *as_file]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("as_file", [(), ("file",)], ids=["page", "file"])
def test_a_stranger_is_refused_unless_the_operator_says_otherwise(
    tmp_path: Path, stranger: str, as_file: tuple[str, ...]
) -> None:
    assert "certificate" in ask(tmp_path, stranger, *as_file).lower()
    assert "answered 200" in ask(tmp_path, stranger, *as_file, ISOPOLIS_CRAWL_VERIFY="false")
