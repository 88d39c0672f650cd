"""Two documents of the invented province: one approved long ago, one whose rows wait to be looked at."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.queries import by_code
from tiendo.foundation.organisations.seeds import OFFICE
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.directives.models import Document
from tiendo.work.directives.seeds.paper import directive

AGE = 280
"""Days since the programme was issued: long enough for one half-yearly report to have fallen due."""


def at(day: date, hour: int = 9) -> datetime:
    """A working hour of that day; a week-end counts as its Friday."""
    day -= timedelta(days=max(0, day.weekday() - 4))
    return timezone.make_aware(datetime.combine(day, time(hour)))


def person(username: str) -> User:
    return User.objects.get_by_natural_key(username)


def sow(*, today: date) -> Document:
    """Receive, read, confirm and approve the programme; returns it. Its acts are dated in the days after its issue."""
    issued = today - timedelta(days=AGE)
    document = _received("programme", "08-CTr-TU.docx", today=today, issued=issued, on=issued + timedelta(days=3))
    officer, head = person("chuyen.vien"), person("chanh.van.phong")
    for row in document.duties.exclude(origin="table"):
        duties.sign(duty=row, by=officer, at=at(issued + timedelta(days=4)))
    duties.sign_table(document=document, by=officer, at=at(issued + timedelta(days=4), 15))
    return documents.approve(document=document, by=head, at=at(issued + timedelta(days=6)))


def sow_waiting(*, today: date) -> Document:
    """A plan that came a few days ago: read, its first rows signed, the rest waiting."""
    issued = today - timedelta(days=7)
    document = _received("plan", "31-KH-TU.docx", today=today, issued=issued, on=today - timedelta(days=3))
    for row in document.duties.filter(origin="table")[:2]:
        duties.sign(duty=row, by=person("chuyen.vien"), at=at(today - timedelta(days=1)))
    return document


def _received(name: str, filename: str, *, today: date, issued: date, on: date) -> Document:
    received = documents.receive(
        office=by_code(OFFICE),
        filename=filename,
        chunks=[directive(name, today=today, issued=issued)],
        by=person("van.thu"),
        at=at(on, 8),
        queue=False,
    )
    readings.make(document_id=received.document.pk, at=at(on, 8))
    document = received.document
    document.refresh_from_db()
    if document.state != Document.State.READ:
        raise RuntimeError(f"the demo's {name} was not read: {document.failure_message}")
    return document
