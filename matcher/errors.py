"""Errors of this package.

MatcherError
├── ModelError         the embedding model is missing, broken or not the one asked for
├── IndexMissingError  there is no index yet
├── IndexMismatchError the index was built by another model, from another snapshot or in another format
└── ProfileError       the idea or the applicant is impossible; names the field
"""


class MatcherError(Exception):
    """Base of all errors of the matcher; its text is written for the person who asked."""


class ModelError(MatcherError):
    """The embedding model is missing, broken or not the one asked for. Raised by `matcher.embed`, `matcher.unpack`."""


class IndexMissingError(MatcherError):
    """There is no index yet. Raised by `matcher.index`."""


class IndexMismatchError(MatcherError):
    """The index does not belong to this snapshot, model or program. Raised by `matcher.index.manifest`."""


class ProfileError(MatcherError):
    """The idea or the applicant is impossible. `field` names what to correct."""

    def __init__(self, field: str, message: str) -> None:
        """Keep the field beside the message."""
        super().__init__(f"{field}: {message}")
        self.field = field
