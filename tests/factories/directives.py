"""Documents on every step of their way, and the works behind them."""

from __future__ import annotations

from datetime import date
from itertools import count

import msgspec

from factories.clock import NOW, TODAY
from factories.foundation import organisation, person
from factories.readings import by_date, machine, row
from register_files import register as register_file
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives import registers
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.directives.actions import registers as taking
from tiendo.work.directives.models import Document, Duty, Mention, Reading, RegisterColumns, Work, WorkLink
from tiendo.work.directives.rules import identity
from vanban import model

_number = count(1)


def document(
    *,
    office: Organisation | None = None,
    by: User | None = None,
    content: bytes = b"",
    filename: str = "chuong-trinh.txt",
) -> Document:
    """A file just received: in quarantine, waiting to be read."""
    office = office or organisation("Văn phòng Tỉnh ủy", kind="party_advisory")
    return documents.receive(
        office=office,
        filename=filename,
        chunks=[content or b"van ban %d" % next(_number)],
        by=by or person("office_head", office),
        at=NOW,
    ).document


def register(data: bytes, *, office: Organisation | None = None, by: User | None = None) -> Document:
    """An office's own register, received and read by the machine."""
    received = document(office=office, by=by, content=data, filename="so-theo-doi.xlsx")
    return readings.record(document=received, content=msgspec.json.encode(machine()), at=NOW)


def register_columns() -> RegisterColumns:
    held = register(register_file())
    found = registers.proposed(held, registers.sheets(held))
    assert found is not None
    seen = registers.preview(held, found, today=TODAY)
    taking.take_in(document=held, mapped=found, digest=seen.digest, by=person("officer", held.office), at=NOW)
    return RegisterColumns.objects.get(office=held.office)


def default_reading() -> model.Reading:
    return machine(row("Xây dựng kế hoạch.", "Sở Khoa học và Công nghệ", deadline=by_date(date(2026, 6, 30))))


def read(seen: model.Reading | None = None, *, office: Organisation | None = None, by: User | None = None) -> Document:
    """A document with this reading: its rows wait for a person."""
    received = document(office=office, by=by)
    return readings.record(document=received, content=msgspec.json.encode(seen or default_reading()), at=NOW)


def approved(
    seen: model.Reading | None = None, *, office: Organisation | None = None, by: User | None = None
) -> Document:
    """A document signed and approved as the machine read it."""
    office = office or organisation("Văn phòng Tỉnh ủy", kind="party_advisory")
    by = by or person("office_head", office)
    confirmed = read(seen, office=office, by=by)
    for origin in ("table", "list", "prose"):
        duties.sign_table(document=confirmed, origin=origin, by=by, at=NOW)
    return documents.approve(document=confirmed, by=by, at=NOW)


def reading() -> Reading:
    return read().readings.get()


def duty() -> Duty:
    return read().duties.get()


def work(symbol: str = "57-NQ/TW", issued_on: date | None = date(2024, 12, 22), kind: str = "Nghị quyết") -> Work:
    return Work.objects.create(
        kind=kind,
        symbol=symbol,
        issued_on=issued_on,
        identity=identity(kind=kind, symbol=symbol, issuer=None, issued_on=issued_on, term=None, title=None),
    )


def mention() -> Mention:
    return Mention.objects.create(document=read(), work=work(), start=0, end=8)


def work_link() -> WorkLink:
    return WorkLink.objects.create(source=work("12-CTr/TU", None), target=work(), relation="cites")
