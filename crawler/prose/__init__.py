"""Facts out of prose: dates, money, shares, durations and conditions that a call says only in its text."""

from crawler.prose.enrich import enrich
from crawler.prose.kinds import Kind, ProseFact, written
from crawler.prose.main_text import main_text
from crawler.prose.pack import LANGUAGES
from crawler.prose.read import mentioned, read

__all__ = ["LANGUAGES", "Kind", "ProseFact", "enrich", "main_text", "mentioned", "read", "written"]
