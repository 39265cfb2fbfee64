"""Errors of this package.

CorpusError
├── CuratedError       a curated file breaks a rule; names file, field and remedy
├── StoreError         the store cannot be opened or has another shape
├── SnapshotError      a snapshot is missing, broken or incomplete
├── LinkExpiredError   a link of a letter is too old or used up
├── MailError          a letter cannot be handed over
├── ValueReadError     a raw value cannot be read; names the value and what would be right
└── SettingsError      a setting has an impossible value
"""


class CorpusError(Exception):
    """Base of all errors of the corpus; its text is written for the person who runs the command."""


class CuratedError(CorpusError):
    """A curated file breaks a rule. Raised by `corpus.curated`."""


class StoreError(CorpusError):
    """The store cannot be opened, or was written by another version. Raised by `corpus.store`."""


class SnapshotError(CorpusError):
    """A snapshot is missing, broken or would be incomplete. Raised by `corpus.snapshot`, `corpus.checks`."""


class LinkExpiredError(CorpusError):
    """A link of a letter is too old or used up. Raised by `corpus.alerts`."""


class MailError(CorpusError):
    """A letter cannot be handed over. Raised by `corpus.mail`; its text holds no address of a reader."""


class ValueReadError(CorpusError, ValueError):
    """A raw value cannot be read strictly. Raised by `corpus.values`."""


class SettingsError(CorpusError):
    """A setting has an impossible value. Raised where settings are built."""
