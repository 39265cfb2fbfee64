"""Which Austrian portals are read: every file of `sites/` is a source of its own."""

from crawler.portals.load import load_member, members

__all__ = ["load_member", "members"]
