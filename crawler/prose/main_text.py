"""The prose of a page without its menus and footers."""

import trafilatura

from crawler.html import to_text


def main_text(html: str) -> str:
    """Main text of a page, one line a block; all visible text where no main part can be told apart.

    For pages whose shape no parser knows. The library prefers to keep too much: a fact that is cut away is lost.
    """
    found = trafilatura.extract(html, include_comments=False, include_tables=True, favor_recall=True)
    return found or to_text(html)
