"""The bodies and people of an invented province, through the same acts as real ones."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.actions import organisations, posts, succession
from tiendo.foundation.organisations.models import Kind
from tiendo.foundation.organisations.queries import by_code

ACTOR = "shell:demo"
PROVINCE = "Tỉnh Lạc Vân (giả định)"
PASSWORD = "tiendo-demo-2026"  # noqa: S105 (printed for everybody to use; never in a real office)
OFFICE = "TU.VP"
MONITOR = "TU.TGDV"
REGISTRAR = "danh.ba"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a CSV file of this folder."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def sow(*, starts: date, at: datetime) -> None:
    """Add the bodies, those that were there before them, their people, and the posts they hold since `starts`."""
    root = organisations.add(code="T", name=PROVINCE, kind=Kind.ROOT, by=ACTOR, at=at)
    for row in (*rows("bodies.csv"), *rows("formers.csv")):
        organisations.add(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent=by_code(row["parent"]) if row["parent"] else root,
            short_name=row["short"],
            abbreviations=_parts(row["abbreviations"]),
            starts=_day(row.get("starts")),
            by=ACTOR,
            at=at,
        )
    for row in rows("people.csv"):
        user = users.add(
            username=row["username"], full_name=row["name"], password=PASSWORD, given=False, by=ACTOR, at=at
        )
        posts.appoint(
            user=user,
            organisation=by_code(row["body"]),
            role=row["role"],
            title=row["title"],
            scope=by_code(row["scope"]) if row["scope"] else None,
            starts=min(starts, timezone.localdate(at)),  # whoever keeps the register does so at once
            by=ACTOR,
            at=at,
        )
    for row in rows("successions.csv"):
        _succeed(row, at)


def _succeed(row: dict[str, str], at: datetime) -> None:
    """What became of the bodies that were there before. No work had been opened for them."""
    afters = [by_code(code) for code in _parts(row["afters"])]
    shares = dict(zip((body.pk for body in afters), _parts(row["shares"]), strict=False))
    keeper = User.objects.get(username=REGISTRAR)
    drafted = succession.draft(
        kind=row["kind"],
        on=date.fromisoformat(row["on"]),
        befores=[by_code(code) for code in _parts(row["befores"])],
        afters=afters,
        shares=shares,
        decision=row["decision"],
        decided_on=_day(row["decided_on"]),
        note=row["note"],
        by=keeper,
        at=at,
    )
    succession.record(succession=drafted, by=keeper, at=at)


def _parts(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
