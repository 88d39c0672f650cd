"""Readings made by hand: what the machine would have seen, without the machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from vanban import model


def by_date(day: dt.date) -> model.Deadline:
    return model.Deadline(kind="date", end=day, phrase=f"trước ngày {day:%d/%m/%Y}")


def within(start: dt.date, end: dt.date) -> model.Deadline:
    return model.Deadline(kind="period", start=start, end=end)


def continuous(every: model.Every | None = None) -> model.Deadline:
    return model.Deadline(kind="continuous" if every is None else "recurring", every=every, phrase="Thường xuyên")


def row(
    content: str = "Xây dựng kế hoạch chuyển đổi số của ngành.",
    *leads: str,
    number: str | None = None,
    deadline: model.Deadline | None = None,
    coordinators: Sequence[str] = (),
    groups: Sequence[str] = (),
    beside: Sequence[str] = (),
    origin: model.Origin = "table",
    product: str | None = None,
    restricted: str | None = None,
) -> model.Duty:
    """A duty as a table gives it; `groups` are leads that are no single body, `beside` coordinators that are none."""
    parties = tuple(model.Party(name=lead) for lead in leads) + tuple(model.Party(name=g, group=True) for g in groups)
    return model.Duty(
        origin=origin,
        number=number,
        content=content,
        lead_text="; ".join(party.name for party in parties),
        leads=parties,
        coordinators=tuple(model.Party(name=body) for body in coordinators)
        + tuple(model.Party(name=phrase, group=True) for phrase in beside),
        deadline=deadline or model.Deadline(),
        deadline_text=deadline.phrase or "" if deadline else "",
        product=product,
        restricted=restricted,
    )


def machine(
    *duties: model.Duty,
    symbol: str | None = "12-CTr/TU",
    kind: str | None = "Chương trình",
    title: str | None = "Chương trình hành động về chuyển đổi số",
    date: dt.date | None = dt.date(2026, 2, 20),
    implements: str | None = None,
    works: Sequence[model.WorkRef] = (),
    doubts: Sequence[model.Doubt] = (),
    reader: str = "test-1",
) -> model.Reading:
    """A Reading whose text mentions the works on its first line, and each duty on the line to which its spans lead."""
    lines = [f"{kind} {symbol} " + ", ".join(f"{ref.kind} {ref.symbol}" for ref in works)]
    placed: list[model.Duty] = []
    for place, duty in enumerate(duties, start=1):
        start = sum(len(line) + 1 for line in lines)
        lines.append(duty.content)
        span = model.Span(start=start, end=start + len(duty.content), page=1)
        placed.append(msgspec.structs.replace(duty, number=duty.number or str(place), spans=(span,)))
    mentions = [_mention(lines[0], ref, index) for index, ref in enumerate(works)]
    return model.Reading(
        reader=reader,
        format="text",
        text="\n".join(lines),
        heading=model.Heading(
            symbol=symbol, kind=kind, title=title, date=date, implements=implements, issuer="Tỉnh ủy"
        ),
        duties=tuple(placed),
        citations=tuple(mentions),
        works=tuple(works),
        doubts=tuple(doubts),
    )


def _mention(line: str, ref: model.WorkRef, index: int) -> model.Citation:
    start = line.index(str(ref.symbol))
    span = model.Span(start=start, end=start + len(str(ref.symbol)))
    return model.Citation(kind=ref.kind, symbol=ref.symbol, date=ref.date, span=span, work=index)


def encoded(*duties: model.Duty) -> bytes:
    """Such a Reading as `readings.record` takes it."""
    return msgspec.json.encode(machine(*(duties or (row("Việc một", "Sở A"),))))
