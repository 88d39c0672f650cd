"""How user names are compared, when one who guesses must wait, when a second factor is due. Pure."""

from __future__ import annotations

import ipaddress
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

V6_NETWORK = 64
"""One subscriber's IPv6 addresses share their first 64 bits."""


def canonical(username: str) -> str:
    """A user name as it is kept and looked for: one form of each letter (NFKC), no case, no blanks around it.

    >>> canonical(" Đức ") == canonical("ĐỨC")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username.strip()).casefold())


def plain(address: str) -> str:
    """An address as it is kept; "" for what is none, such as a proxy's `unknown`."""
    try:
        return str(ipaddress.ip_address(address.strip()))
    except ValueError:
        return ""


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


class Step(StrEnum):
    """What stands between the right first factor and the pages."""

    NONE = "none"
    ASK = "ask"
    SET_UP = "set_up"
    REFUSE = "refuse"


def second_step(*, has: bool, decides: bool, wanted: str, inside: bool) -> Step:
    """`has`: a second factor; `decides`: a role that the policy `wanted` ("off", "roles", "all") means; `inside`.

    Who has one is always asked. From outside nobody comes in with a password alone, whatever the policy.
    """
    if has:
        return Step.ASK
    if not inside:
        return Step.REFUSE
    due = wanted == "all" or (wanted == "roles" and decides)
    return Step.SET_UP if due else Step.NONE


def inside(address: str, networks: Iterable[str]) -> bool:
    """Whether an address lies in one of the office's networks. Of no networks nothing is outside."""
    known = [ipaddress.ip_network(each) for each in networks]
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return not known
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    return not known or any(mapped in each for each in known if each.version == mapped.version)


def idle(*, seen: datetime, at: datetime, minutes: int) -> bool:
    """Whether nothing was asked for so long (0: never) that somebody else may sit there."""
    return minutes > 0 and at - seen >= timedelta(minutes=minutes)


class Invited(StrEnum):
    """What an invitation is good for."""

    LIVE = "live"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


def invited(*, settled: bool, revoked: bool, expires_at: datetime, at: datetime) -> Invited:
    """`settled`: the person has a password, be it by this invitation or otherwise: nobody chooses it once more."""
    if settled:
        return Invited.USED
    if revoked:
        return Invited.REVOKED
    return Invited.EXPIRED if at >= expires_at else Invited.LIVE
