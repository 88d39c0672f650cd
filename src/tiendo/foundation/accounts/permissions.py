"""What can be allowed, and which role allows what. The enum is code; the roles are data (roles.toml)."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any


class Permission(StrEnum):
    RECEIVE = "receive"
    WORK_ROWS = "work_rows"
    SIGN_ROWS = "sign_rows"
    APPROVE = "approve"
    OPEN_PROGRAMME = "open_programme"
    ASSIGN = "assign"
    OPEN_EVENT = "open_event"
    SEE_WORK = "see_work"
    SEE_ALL_WORK = "see_all_work"
    WRITE_REPORT = "write_report"
    SUBMIT_REPORT = "submit_report"
    CONFIRM_REPORT = "confirm_report"
    DECIDE_DATES = "decide_dates"
    SEE_AUDIT = "see_audit"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_BODIES = "manage_bodies"


REACHING = frozenset(
    {Permission.SEE_ALL_WORK, Permission.SEE_AUDIT, Permission.MANAGE_ACCOUNTS, Permission.MANAGE_BODIES}
)
"""Rights that reach over the whole subtree a post looks after, not the post's own body alone."""


@cache
def roles() -> dict[str, frozenset[Permission]]:
    """Role code → what it may do. An unknown permission raises ValueError, so a slip in the data is seen at start."""
    return {code: frozenset(Permission(name) for name in role["permissions"]) for code, role in _data().items()}


@cache
def role_names() -> dict[str, str]:
    """Role code → its Vietnamese name."""
    return {code: role["name"] for code, role in _data().items()}


@cache
def whole_tree() -> frozenset[str]:
    """Roles whose posts look after the whole tree of their body, unless a smaller part is named."""
    return frozenset(code for code, role in _data().items() if role.get("looks_after") == "tree")


@cache
def deciding() -> frozenset[str]:
    """Roles that decide, or reach over more than their own: a second factor may be asked of them."""
    return frozenset(code for code, role in _data().items() if role.get("mfa"))


def looking_after() -> frozenset[str]:
    """Roles for which it matters what they look after: they see several bodies, or keep their register or accounts."""
    broad = (Permission.SEE_ALL_WORK, Permission.MANAGE_ACCOUNTS, Permission.MANAGE_BODIES)
    return frozenset(code for permission in broad for code in roles_with(permission))


def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "roles.toml").read_text(encoding="utf-8"))


def roles_with(permission: Permission) -> list[str]:
    return [code for code, allowed in roles().items() if permission in allowed]
