"""Duties against gold: rows aligned in order, then field by field; rows in running prose are not scored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vanban.fold import key
from vanban.model import Deadline, Duty, Party
from vanban.scoring.align import align
from vanban.scoring.facts import Fact
from vanban.scoring.normal import normal

Gold = Mapping[str, Any]

WHOLE = ("number", "content", "leads", "coordinators", "deadline")
"""The fields that together make a row exact."""


def compare(document: str, gold: list[Gold], found: tuple[Duty, ...]) -> Iterator[Fact]:
    """`duty`: rows found; `duty.FIELD`: that field (missed with its row); `duty.row`: all of `WHOLE` right."""
    seen = [duty for duty in found if duty.origin != "prose"]
    partner = dict(align([key(row["content"]) for row in gold], [key(duty.content) for duty in seen]))
    for index, row in enumerate(gold):
        if not _whole_row_uncertain(row):
            duty = seen[partner[index]] if index in partner else None
            yield from _row(document, _label(index, row), row, duty)
    for index, duty in enumerate(seen):
        if index not in partner.values():
            yield Fact(document, "duty", _extra(duty), None, duty.content, right=False)


def _row(document: str, item: str, row: Gold, duty: Duty | None) -> Iterator[Fact]:
    yield Fact(document, "duty", item, row["content"], duty.content if duty else None, right=duty is not None)
    right = True
    for field in _scored(row):
        expected = _GOLD[field](row)
        actual = None if duty is None else _FOUND[field](duty)
        same = duty is not None and normal(actual) == normal(expected)
        right = right and (same or field not in WHOLE)
        yield Fact(document, f"duty.{field}", item, expected, actual, right=same)
    yield Fact(document, "duty.row", item, item, item if duty else None, right=right)


def _extra(duty: Duty) -> str:
    return f"extra {duty.number or '-'} {duty.content[:60]}"


def _whole_row_uncertain(row: Gold) -> bool:
    return bool(row.get("uncertain")) and not row.get("uncertain_fields")


def _scored(row: Gold) -> list[str]:
    doubtful = {*row.get("uncertain_fields", ())} | ({"section"} if row.get("section_uncertain") else set())
    return [field for field in _GOLD if field in row and field not in doubtful]


def _label(index: int, row: Gold) -> str:
    return f"row {index + 1} ({row.get('number') or '-'})"


def _party(name: str, *, group: bool) -> str:
    return f"{name}{' [group]' if group else ''}"


def _parties(parties: tuple[Party, ...]) -> str:
    return " | ".join(_party(party.name, group=party.group) for party in parties)


def _gold_parties(parties: list[Gold]) -> str:
    return " | ".join(_party(party["name"], group=bool(party.get("group"))) for party in parties)


def _deadline(deadline: Deadline) -> str:
    start, end = (day.isoformat() if day else "-" for day in (deadline.start, deadline.end))
    return f"{deadline.kind} {start} {end} {deadline.every or '-'}"


def _gold_deadline(deadline: Gold) -> str:
    return " ".join((deadline["kind"], *(deadline.get(part) or "-" for part in ("start", "end", "every"))))


_TEXTS = ("number", "content", "lead_text", "coordinator_text", "deadline_text", "product_text", "section")

_GOLD: dict[str, Callable[[Gold], str]] = {
    **{field: lambda row, field=field: row[field] or "" for field in _TEXTS},  # type: ignore[misc]
    "lead_inherited": lambda row: str(bool(row["lead_inherited"])),
    "leads": lambda row: _gold_parties(row["leads"]),
    "coordinators": lambda row: _gold_parties(row["coordinators"]),
    "deadline": lambda row: _gold_deadline(row["deadline"]),
}
_FOUND: dict[str, Callable[[Duty], str]] = {
    **{field: lambda duty, field=field: getattr(duty, field) or "" for field in _TEXTS},  # type: ignore[misc]
    "lead_inherited": lambda duty: str(duty.lead_inherited),
    "leads": lambda duty: _parties(duty.leads),
    "coordinators": lambda duty: _parties(duty.coordinators),
    "deadline": lambda duty: _deadline(duty.deadline),
}
