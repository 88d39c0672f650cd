"""What is shown before a programme is opened is what the board says afterwards."""

from __future__ import annotations

import datetime as dt

import pytest

import factories as make
from factories import NOW, TODAY, by_date, days, row
from tiendo.doors.desk.programmes.filters import without_body
from tiendo.work.directives.models import Document
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import programmes
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries import opening
from tiendo.work.programmes.rules.periods import calendar_for
from vanban import model
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
OLD = "Sở Cũ"


def approved(office: Office, *rows: model.Duty, issued: dt.date) -> Document:
    document = make.approved(make.machine(*rows), office=office.body, by=office.chief)
    Document.objects.filter(pk=document.pk).update(issued_on=issued)
    document.refresh_from_db()
    return document


def foreseen(document: Document) -> opening.Preview:
    thought = Programme(
        document=document,
        office=document.office,
        confirming=document.office,
        tracked_from=opening.first_day(document, "half", TODAY),
        standing_every="half",
        calendar=calendar_for(TODAY).id,
    )
    return opening.preview(thought, document, TODAY)


@pytest.mark.parametrize(("kind", "heirs", "waiting"), [("dissolved", 0, 1), ("absorb", 1, 0)])
def test_a_co_lead_that_ended_since_counts_as_the_board_counts_it(office, kind, heirs, waiting):
    old = make.organisation(OLD, parent=office.root)
    draft = make.succession(kind, [old], [office.health][:heirs], on=days(-1))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    document = approved(office, row("Việc", SCIENCE, OLD, deadline=by_date(days(9))), issued=days(-30))
    seen = foreseen(document)
    programme = programmes.open(document=document, by=office.chief, at=NOW)
    assert seen.no_body == without_body(programme.tasks.all()).count() == waiting
    assert seen.once == programme.obligations.filter(standing=False).count() == 1 + heirs


def test_no_quarter_is_owed_that_ended_before_the_document_was_issued(office):
    standing = row("Việc hằng quý", SCIENCE, deadline=model.Deadline(kind="recurring", every="quarter"))
    document = approved(office, standing, issued=dt.date(2026, 11, 20))
    at = dt.datetime(2026, 11, 27, 9, tzinfo=NOW.tzinfo)
    programme = programmes.open(document=document, by=office.chief, at=at)
    assert programme.tracked_from == dt.date(2026, 11, 20)
    assert [owed.period_name for owed in programme.obligations.all()] == ["Quý IV/2026"]


@pytest.mark.parametrize(
    ("issued", "first"),
    [
        (dt.date(2025, 6, 1), dt.date(2025, 12, 15)),
        (dt.date(2026, 2, 20), dt.date(2026, 2, 20)),
        (days(400), TODAY),
        (None, dt.date(2025, 12, 15)),
    ],
)
def test_from_which_day_a_programme_is_tracked(office, issued, first):
    assert opening.first_day(approved(office, row("Việc", SCIENCE), issued=issued), "half", TODAY) == first
