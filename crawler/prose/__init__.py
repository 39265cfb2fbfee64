"""Facts out of prose: dates, money, shares, durations and conditions that a call says only in its text."""

from crawler.prose.enrich import enrich
from crawler.prose.kinds import FIGURES, Kind, ProseFact, written
from crawler.prose.main_text import main_text
from crawler.prose.pack import LANGUAGES
from crawler.prose.read import read

__all__ = ["FIGURES", "LANGUAGES", "Kind", "ProseFact", "enrich", "main_text", "read", "written"]
