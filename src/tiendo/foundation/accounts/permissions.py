"""What can be allowed, and which role allows what. The enum is code; the roles are data (roles.toml)."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path


class Permission(StrEnum):
    SIGN_IN = "sign_in"
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
    SEE_AUDIT = "see_audit"
    MANAGE_ACCOUNTS = "manage_accounts"


@cache
def roles() -> dict[str, frozenset[Permission]]:
    """Role code → what it may do. An unknown permission raises ValueError, so a slip in the data is seen at start."""
    raw = tomllib.loads((Path(__file__).parent / "roles.toml").read_text(encoding="utf-8"))
    return {code: frozenset(Permission(name) for name in role["permissions"]) for code, role in raw.items()}


@cache
def role_names() -> dict[str, str]:
    """Role code → its Vietnamese name."""
    raw = tomllib.loads((Path(__file__).parent / "roles.toml").read_text(encoding="utf-8"))
    return {code: role["name"] for code, role in raw.items()}


def roles_with(permission: Permission) -> list[str]:
    return [code for code, allowed in roles().items() if permission in allowed]
