"""How a programme is followed: checked at its opening, looked at beforehand, changed afterwards."""

from __future__ import annotations

import datetime as dt
from datetime import date

import pytest

import factories as make
import snapshots
from factories import by_date, continuous, days, moment, row
from tiendo.foundation.audit.models import Event
from tiendo.work.programmes.actions import obligations, programmes, reports, tasks
from tiendo.work.programmes.errors import (
    ConfirmingLeadsError,
    NothingToOpenError,
    SettingsFixedError,
    StandingConfirmingError,
    TrackedFromError,
)
from tiendo.work.programmes.models import Programme, Report
from tiendo.work.programmes.queries import opening, work
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
OWN = "Văn phòng Tỉnh ủy"


@pytest.fixture
def programme(office: Office) -> Programme:
    """The office leads two tasks itself and nobody but the office is named to confirm."""
    return make.programme(
        row("Một", SCIENCE, deadline=by_date(days(20))),
        row("Hai", OWN, deadline=by_date(days(20))),
        row("Ba", OWN, SCIENCE, deadline=continuous()),
        office=office.body,
        by=office.chief,
    )


def change(programme: Programme, office: Office, **wanted: object) -> Programme:
    now = {name: getattr(programme, name) for name in ("confirming", "monitor", "standing_every", "tracked_from")}
    return programmes.change(programme=programme, by=office.chief, at=make.NOW, **{**now, **wanted})


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1989, 12, 31), days(1), date(2030, 1, 1), date(9999, 12, 31)])
def test_a_day_that_can_only_be_a_slip_is_refused(office: Office, programme, day):
    document = make.approved(office=office.body, by=office.chief)
    before = snapshots.rows()
    with pytest.raises(TrackedFromError, match="từ 01/01/1990 đến 02/03/2026"):
        programmes.open(document=document, tracked_from=day, by=office.chief, at=make.NOW)
    with pytest.raises(TrackedFromError):
        change(programme, office, tracked_from=day)
    assert snapshots.rows() == before


def test_a_document_without_a_signed_row_is_no_programme(office: Office):
    document = make.approved(office=office.body, by=office.chief)
    document.duties.update(state="left_out", reason="Trùng.")  # as offices approved before that was refused
    with pytest.raises(NothingToOpenError):
        programmes.open(document=document, by=office.chief, at=make.NOW)


def test_what_nobody_can_confirm_is_counted_and_mended_by_a_monitor(office: Office, programme):
    alone = work.without_confirming(programme.obligations.all())
    assert {owed.task.content for owed in alone} == {"Hai", "Ba"}
    sent = make.submitted(programme.obligations.get(task__content="Hai"))
    assert sent.confirming is None
    change(programme, office, monitor=office.health)
    assert not work.without_confirming(programme.obligations.all()).exists()
    sent.refresh_from_db()
    assert sent.confirming == office.health
    reports.confirm(report=sent, seen_round=1, by=office.who("head", office.health), at=make.NOW)
    event = Event.objects.get(verb="programmes.programme.changed")
    assert event.data == {"fields": ["monitor"], "withdrawn": 0, "raised": 0, "moved": 2}


def test_what_was_confirmed_stays_with_who_confirmed_it(office: Office, programme):
    done, waits = programme.obligations.filter(organisation=office.science).order_by("task__position")
    report = make.submitted(done)
    reports.confirm(report=report, seen_round=1, by=office.chief, at=make.NOW)
    change(programme, office, confirming=office.health)
    for row_ in (done, waits, report):
        row_.refresh_from_db()
    assert (done.confirming, report.confirming, waits.confirming) == (office.body, office.body, office.health)


def test_nothing_changed_is_nothing_recorded(office: Office, programme):
    before = snapshots.rows()
    change(programme, office)
    assert snapshots.rows() == before


def test_a_slip_of_the_first_day_is_mended_while_nothing_was_answered(office: Office):
    programme = make.programme(
        row("Đã qua", SCIENCE, deadline=by_date(days(-30))),
        row("Thường xuyên", SCIENCE, deadline=continuous()),
        row("Khi có chỉ đạo", SCIENCE),
        office=office.body,
        by=office.chief,
        tracked_from=days(-1),
    )
    tasks.open_by_event(
        task=programme.tasks.get(position=3), basis="CV", happened_on=days(0), due=days(9), by=office.chief, at=make.NOW
    )
    assert programme.obligations.count() == 2
    change(programme, office, tracked_from=date(2025, 1, 1), standing_every="quarter")
    names = list(programme.obligations.filter(standing=True).values_list("period_name", flat=True))
    assert names == ["Quý I/2025", "Quý II/2025", "Quý III/2025", "Quý IV/2025", "Quý I/2026"]
    assert {o.task.content for o in programme.obligations.filter(standing=False)} == {"Đã qua", "Khi có chỉ đạo"}


def test_once_answered_the_first_day_stands(office: Office, programme):
    make.submitted(programme.obligations.get(task__content="Một"))
    before = snapshots.rows()
    with pytest.raises(SettingsFixedError):
        change(programme, office, tracked_from=days(-90))
    assert snapshots.rows() == before


def test_a_new_rhythm_leaves_no_day_out_and_asks_for_none_twice(office: Office, programme):
    """From half-years to years in the middle of one: the rest of the year is one report."""
    make.submitted(programme.obligations.get(task__content="Ba", organisation=office.science))
    change(programme, office, standing_every="year")
    spans = programme.obligations.filter(task__content="Ba", organisation=office.science).order_by("due")
    assert [(o.period_start, o.period_end) for o in spans] == [
        (date(2025, 12, 15), date(2026, 6, 14)),
        (date(2026, 6, 15), date(2026, 12, 14)),
    ]
    assert obligations.raise_due(programme=programme, at=moment(date(2026, 12, 20))) == 2
    assert spans.last().period_start == date(2026, 12, 15)


def test_a_task_has_a_confirming_body_of_its_own(office: Office, programme):
    own = programme.tasks.get(content="Hai")
    sent = make.submitted(own.obligations.get())
    assert tasks.set_confirming(task=own, organisation=office.health, by=office.chief, at=make.NOW) == 1
    sent.refresh_from_db()
    assert sent.confirming == own.obligations.get().confirming == office.health
    own.refresh_from_db()
    assert tasks.set_confirming(task=own, organisation=None, by=office.chief, at=make.NOW) == 1
    assert own.obligations.get().confirming is None


def test_a_lead_is_not_made_to_confirm_and_standing_work_goes_with_the_programme(office: Office, programme):
    with pytest.raises(ConfirmingLeadsError, match=SCIENCE):
        tasks.set_confirming(
            task=programme.tasks.get(content="Một"), organisation=office.science, by=office.chief, at=make.NOW
        )
    with pytest.raises(StandingConfirmingError):
        tasks.set_confirming(
            task=programme.tasks.get(content="Ba"), organisation=office.health, by=office.chief, at=make.NOW
        )


def test_the_preview_is_what_opening_then_makes(office: Office, django_assert_max_num_queries):
    seen = make.machine(
        row("Đã qua", SCIENCE, deadline=by_date(days(-30))),
        row("Có hạn", SCIENCE, HEALTH, deadline=by_date(days(30))),
        row("Của mình", OWN, deadline=by_date(days(30))),
        row("Thường xuyên", SCIENCE, deadline=continuous("month")),
        row("Sự kiện", SCIENCE),
        row("Lạ", "Sở Lạ", deadline=by_date(days(30))),
    )
    document = make.approved(seen, office=office.body, by=office.chief)
    settings = {"confirming": office.body, "tracked_from": days(-20), "standing_every": "half"}
    thought = Programme(document=document, office=office.body, calendar="nd-09-2019", **settings)
    with django_assert_max_num_queries(5):
        seen_before = opening.preview(thought, document, make.TODAY)
    programme = programmes.open(document=document, by=office.chief, at=make.NOW, **settings)
    owed = programme.obligations
    assert seen_before == opening.Preview(
        tasks=6,
        once=owed.filter(standing=False).count(),
        periods=owed.filter(standing=True).count(),
        done_before=0,
        no_data=1,
        no_body=1,
        no_event=1,
        unconfirmed=(OWN,),
    )
    assert (seen_before.once, seen_before.periods) == (3, 2)
    assert Report.objects.count() == 0
    assert dt.date(2026, 2, 10) == programme.tracked_from
