"""E-mail addresses as people type them."""

import re

from api.errors import InvalidFieldError
from corpus.messages import gettext as _

_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
"""What mail servers in fact use before the @ (HTML, 4.10.5.1.5)."""
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")
_LONGEST = 254


def address_of(text: str) -> str:
    """The address, its domain in the letters that mail servers know (IDNA).

    Raises:
        InvalidFieldError: it is none. The message does not repeat it.
    """
    local, _at, domain = text.strip().rpartition("@")
    try:
        name = domain.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    address = f"{local}@{name}"
    if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(name)) or len(address) > _LONGEST or ".." in local:
        raise InvalidFieldError("email", _("Write an address such as name@town.eu."))
    return address
