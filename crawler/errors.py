"""Errors of this package.

CrawlerError
├── MetadataError        a source.yml breaks a rule; names file, line, field and remedy
├── UnknownSourceError   a source was asked for that does not exist; lists those that do
├── NewSourceError       a source cannot be written as it was wished for
├── CrawlSettingsError   the crawler is set up so that it must not start
└── SourceError          what a source answered cannot be trusted: its run fails
    ├── RefusedError     the source turns us away (firewall page, robots.txt)
    └── ShapeError       the answer does not have the shape that the parser knows
"""


class CrawlerError(Exception):
    """Base of all errors of the crawler; its text is written for the person who runs the command."""


class MetadataError(CrawlerError):
    """A `source.yml` breaks a rule. Raised by `crawler.metadata`."""


class UnknownSourceError(CrawlerError):
    """There is no source of that name. Raised by `crawler.registry`."""


class NewSourceError(CrawlerError):
    """A source cannot be written as it was wished for. Raised by `crawler.newsource`; nothing was written."""


class CrawlSettingsError(CrawlerError):
    """A setting of the crawler is impossible or missing. Raised by `crawler.settings`."""


class SourceError(CrawlerError):
    """An answer of a source cannot be trusted. Raised by parsers; the run fails, the last good data stay."""


class RefusedError(SourceError):
    """The source refuses to serve us, with whatever status. Raised by parsers."""


class ShapeError(SourceError):
    """An answer is cut off or has another shape than the parser knows. Raised by parsers."""


def said(error: BaseException | None) -> str:
    """The text of an error of a library; of a broken connection what broke it, which Twisted wraps twice."""
    reasons = getattr(getattr(error, "__cause__", None), "reasons", None)
    return str(reasons[-1].getErrorMessage() if reasons else error)
