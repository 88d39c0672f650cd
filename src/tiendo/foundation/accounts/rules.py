"""How user names are compared, and when one who guesses must wait. Pure."""

from __future__ import annotations

import ipaddress
import unicodedata
from datetime import datetime, timedelta

V6_NETWORK = 64
"""One subscriber's IPv6 addresses share their first 64 bits."""


def canonical(username: str) -> str:
    """A user name as it is kept and looked for: one form of each letter (NFKC), no case, no blanks around it.

    >>> canonical(" Đức ") == canonical("ĐỨC")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username.strip()).casefold())


def network(address: str) -> str:
    """What tries are counted by: an IPv4 address, an IPv6 network; what is neither counts together."""
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, V6_NETWORK), strict=False))
    return str(parsed)


def wait_until(*, count: int, since: datetime, most: int, window: timedelta, at: datetime) -> datetime | None:
    """Until when no further try is taken, None: one may be made. `most` wrong ones are free in a window."""
    until = since + window
    return until if count >= most and at < until else None
