"""The bodies and people of an invented province, through the same acts as real ones."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from tiendo.foundation.accounts.actions import users
from tiendo.foundation.organisations.actions import organisations, posts
from tiendo.foundation.organisations.models import Kind
from tiendo.foundation.organisations.queries import by_code

ACTOR = "shell:demo"
PROVINCE = "Tỉnh Lạc Vân (giả định)"
PASSWORD = "tiendo-demo-2026"  # noqa: S105 (printed for everybody to use; never in a real office)
OFFICE = "TU.VP"
MONITOR = "TU.TGDV"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a CSV file of this folder."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def sow(*, starts: date, at: datetime) -> None:
    """Add the bodies, their people, and the posts they hold since `starts`."""
    root = organisations.add(code="T", name=PROVINCE, kind=Kind.ROOT, by=ACTOR, at=at)
    for row in rows("bodies.csv"):
        organisations.add(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent=by_code(row["parent"]) if row["parent"] else root,
            short_name=row["short"],
            abbreviations=[part for part in row["abbreviations"].split("|") if part],
            by=ACTOR,
            at=at,
        )
    for row in rows("people.csv"):
        user = users.add(username=row["username"], full_name=row["name"], password=PASSWORD, by=ACTOR, at=at)
        posts.appoint(
            user=user,
            organisation=by_code(row["body"]),
            role=row["role"],
            title=row["title"],
            scope=by_code(row["scope"]) if row["scope"] else None,
            starts=starts,
            by=ACTOR,
            at=at,
        )
