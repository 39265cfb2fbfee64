"""What the reading of a file needs beside the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from corpus.vocab import Language
from crawler.metadata import SourceConfig
from crawler.sources.kohesio.interest import Interest
from crawler.sources.kohesio.organisations import Organisations


@dataclass(frozen=True, slots=True)
class Guide:
    """What reading needs beside the rows: metadata, which projects are of our subjects, who may be named."""

    config: SourceConfig
    interest: Interest
    organisations: Organisations

    @classmethod
    def load(cls, config: SourceConfig) -> Self:
        """Read the lists.

        Raises:
            MetadataError: a list breaks a rule.
        """
        return cls(config, Interest(), Organisations())

    def languages(self, countries: Iterable[str]) -> tuple[Language, ...]:
        """Languages in which projects of these countries are written."""
        mapping = self.config.mappings["language"]
        found = (Language(code) for country in countries for code in mapping.codes(country) or ())
        return tuple(dict.fromkeys(found))
