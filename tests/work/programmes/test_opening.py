"""Opening a programme, and what its bodies then owe."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

import factories as make
import snapshots
from factories import by_date, continuous, days, moment, row
from tiendo.foundation.audit.models import Event
from tiendo.work.directives.actions import documents, duties
from tiendo.work.directives.rules import DeadlineFields
from tiendo.work.programmes.actions import obligations, programmes
from tiendo.work.programmes.errors import AlreadyOpenError, NotApprovedError
from tiendo.work.programmes.models import Assignment, Obligation, Opening, Programme, Task
from tiendo.work.programmes.queries import owing, work
from tiendo.work.programmes.queries.lineage import lineage
from vanban import model
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db


def opened(office: Office, *rows: model.Duty, **more: object) -> Programme:
    return make.programme(*rows, office=office.body, by=office.chief, **more)


def owed(programme: Programme) -> list[tuple[str, date, date, date]]:
    return [
        (o.organisation.name, o.period_start, o.period_end, o.due) for o in programme.obligations.order_by("due", "pk")
    ]


def test_a_programme_keeps_what_it_was_opened_with(office: Office):
    programme = opened(office, row("Việc", SCIENCE))
    assert (programme.office, programme.symbol, str(programme)) == (office.body, "12-CTr/TU", "12-CTr/TU")
    assert programme.title == "Chương trình hành động về chuyển đổi số"
    assert (programme.opened_by, programme.opened_at, programme.calendar) == (office.chief, make.NOW, "nd-09-2019")
    assert (programme.monitor, programme.confirming) == (None, office.body)
    assert programme.tracked_from == date(2026, 2, 20), "the day it was issued, in the current period"


@pytest.mark.parametrize(
    ("monitor", "confirming", "expected"),
    [(None, None, "body"), ("health", None, "health"), ("health", "root", "root"), (None, "root", "root")],
)
def test_the_confirming_body_is_the_monitor_else_the_office(office: Office, monitor, confirming, expected):
    programme = opened(
        office,
        row("Việc", SCIENCE, deadline=by_date(days(9))),
        monitor=monitor and getattr(office, monitor),
        confirming=confirming and getattr(office, confirming),
    )
    assert programme.confirming == programme.obligations.get().confirming == getattr(office, expected)


def test_the_confirming_body_is_never_the_reporting_one(office: Office):
    programme = opened(
        office,
        row("Một", SCIENCE, deadline=by_date(days(9))),
        row("Hai", "Văn phòng Tỉnh ủy", deadline=by_date(days(9))),
        monitor=office.science,
    )
    assert {o.organisation.name: o.confirming for o in programme.obligations.all()} == {
        SCIENCE: office.body,
        "Văn phòng Tỉnh ủy": office.science,
    }


def test_where_nobody_else_is_nobody_confirms(office: Office):
    programme = opened(office, row("Việc", "Văn phòng Tỉnh ủy", deadline=by_date(days(9))))
    assert programme.obligations.get().confirming is None


def test_the_database_too_keeps_bodies_from_confirming_themselves(office: Office):
    one = opened(office, row("Việc", SCIENCE, deadline=by_date(days(9)))).obligations.get()
    one.confirming = one.organisation
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_signed_rows_become_tasks_in_order_and_those_left_out_do_not(office: Office):
    seen = make.machine(
        row("Một", SCIENCE), row("Hai", SCIENCE), row("Ba", SCIENCE, product="Đề án", coordinators=[HEALTH])
    )
    document = make.read(seen, office=office.body, by=office.chief)
    duties.leave_out(duty=document.duties.all()[1], reason="Trùng", by=office.chief, at=make.NOW)
    duties.sign_table(document=document, by=office.chief, at=make.NOW)
    document = documents.approve(document=document, by=office.chief, at=make.NOW)
    programme = programmes.open(document=document, by=office.chief, at=make.NOW)
    one, three = programme.tasks.all()
    assert [(t.position, t.number, t.content) for t in (one, three)] == [(1, "1", "Một"), (2, "3", "Ba")]
    assert (three.product, three.duty.content, three.deadline_kind) == ("Đề án", "Ba", "none")
    assert lineage(three).sentences == ["Ba"]
    assert [(a.role, a.party_text, a.organisation) for a in three.assignments.all()] == [
        ("lead", SCIENCE, office.science),
        ("coordinate", HEALTH, office.health),
    ]


def test_a_document_not_approved_opens_nothing(office: Office):
    document = make.read(office=office.body, by=office.chief)
    with pytest.raises(NotApprovedError):
        programmes.open(document=document, by=office.chief, at=make.NOW)
    assert not Programme.objects.exists()


def test_a_programme_is_opened_once(office: Office):
    programme = opened(office, row("Việc", SCIENCE))
    before = snapshots.rows()
    with pytest.raises(AlreadyOpenError):
        programmes.open(document=programme.document, by=office.chief, at=make.NOW)
    assert snapshots.rows() == before


def test_rows_signed_later_are_opened_once_behind_the_others(office: Office):
    seen = make.machine(row("Một"), row("Hai", SCIENCE, deadline=by_date(days(9))), row("Ba"))
    document = make.read(seen, office=office.body, by=office.chief)
    duties.sign_table(document=document, by=office.chief, at=make.NOW)
    document = documents.approve(document=document, by=office.chief, at=make.NOW, leave_waiting=True)
    programme = programmes.open(document=document, by=office.chief, at=make.NOW)
    assert programmes.open_more(programme=programme, by=office.chief, at=make.NOW) == 0
    late = document.duties.get(content="Một")
    health = {"leads": [{"name": HEALTH, "group": False}]}
    due = DeadlineFields("date", end=days(20))
    late = duties.edit(duty=late, version=1, changes=health, deadline=due, by=office.chief, at=make.NOW)
    duties.sign(duty=late, by=office.chief, at=make.NOW)
    assert list(work.signed_late(programme)) == [late]
    assert [programmes.open_more(programme=programme, by=office.chief, at=make.NOW) for _ in range(2)] == [1, 0]
    assert [(task.position, task.content) for task in programme.tasks.all()] == [(1, "Hai"), (2, "Một")]
    assert [name for name, *_ in owed(programme)] == [SCIENCE, HEALTH]
    told = Event.objects.get(verb="programmes.programme.opened_more").data
    assert (told["count"], told["obligations"], len(told["digest"])) == (1, 1, 64)


def test_names_known_are_assigned_and_others_wait(office: Office):
    programme = opened(
        office,
        row(
            "Việc",
            "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
            "Sở Khoa học và Công nghệ tỉnh",
            "Ngành Ytế",
            groups=["các cơ quan liên quan"],
        ),
    )
    found = {a.party_text: (a.organisation, a.group) for a in Assignment.objects.all()}
    assert found == {
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ": (office.science, False),
        "Sở Khoa học và Công nghệ tỉnh": (None, False),
        "Ngành Ytế": (None, False),
        "các cơ quan liên quan": (None, True),
    }
    assert [a.party_text for a in work.waiting_for_a_body(programme)] == [
        "Sở Khoa học và Công nghệ tỉnh",
        "Ngành Ytế",
        "các cơ quan liên quan",
    ]


def test_a_body_named_twice_in_a_row_is_charged_once(office: Office):
    programme = opened(office, row("Việc", SCIENCE, SCIENCE.upper(), deadline=by_date(days(9))))
    assert [a.organisation for a in programme.tasks.get().assignments.all()] == [office.science, None]
    assert programme.obligations.count() == 1


def test_a_group_is_never_matched_even_when_a_body_is_called_so(office: Office):
    make.organisation("các sở, ngành")
    opened(office, row("Việc", groups=["các sở, ngành"], deadline=by_date(days(9))))
    assert Assignment.objects.get().organisation is None
    assert not Obligation.objects.exists()


def test_several_leads_each_owe_coordinators_and_phrases_nothing(office: Office):
    programme = opened(
        office,
        row(
            "Việc",
            SCIENCE,
            HEALTH,
            coordinators=["Văn phòng Tỉnh ủy"],
            groups=["các đơn vị"],
            deadline=by_date(days(9)),
        ),
    )
    assert {name for name, *_ in owed(programme)} == {SCIENCE, HEALTH}


def test_work_with_an_end_is_owed_once(office: Office):
    programme = opened(
        office,
        row("Ngày", SCIENCE, deadline=by_date(days(30))),
        row("Khoảng", SCIENCE, deadline=make.within(days(10), days(40))),
    )
    start = programme.tracked_from
    assert owed(programme) == [(SCIENCE, start, days(30), days(30)), (SCIENCE, days(10), days(40), days(40))]
    first = programme.obligations.all()[0]
    assert (first.standing, first.first_due, first.state, first.period_name) == (False, first.due, "open", "")


def test_standing_work_is_owed_per_period(office: Office):
    programme = opened(
        office, row("A", SCIENCE, deadline=continuous()), row("B", SCIENCE, deadline=continuous("quarter"))
    )
    a, b = (task.obligations.get() for task in programme.tasks.all())
    assert (a.standing, a.period_start, a.period_end, a.due) == (
        True,
        date(2025, 12, 15),
        date(2026, 6, 14),
        date(2026, 6, 25),
    )
    assert (a.period_name, b.period_name) == ("6 tháng đầu năm 2026", "Quý I/2026")


@pytest.mark.parametrize(("every", "count"), [("month", 10), ("quarter", 4), ("half", 2), ("year", 1)])
def test_periods_run_from_the_day_the_programme_is_tracked(office: Office, every, count):
    at = moment(date(2026, 10, 1))
    programme = opened(
        office, row("A", SCIENCE, deadline=continuous()), tracked_from=date(2026, 1, 10), standing_every=every, at=at
    )
    periods = programme.obligations.order_by("period_start")
    assert len(periods) == count
    assert periods[0].period_start <= date(2026, 1, 10) <= periods[0].period_end


def test_what_ended_before_tracking_began_has_no_figures(office: Office):
    programme = opened(
        office,
        row("Xong trước", SCIENCE, deadline=by_date(days(-1))),
        row("Đúng ngày", SCIENCE, deadline=by_date(days(0))),
        row("Từ trước", SCIENCE, deadline=make.within(days(-90), days(20))),
        tracked_from=days(0),
    )
    assert [(o.task.content, o.period_start) for o in programme.obligations.all()] == [
        ("Đúng ngày", days(0)),
        ("Từ trước", days(-90)),
    ]


@pytest.mark.parametrize("kind", ["by_programme", "by_stage", "by_term", "on_instruction", "none"])
def test_other_deadlines_wait_for_an_event(office: Office, kind):
    programme = opened(office, row("Việc", SCIENCE, deadline=model.Deadline(kind=kind)))
    assert not programme.obligations.exists()


def raise_due(programme: Programme, day: date) -> int:
    return obligations.raise_due(programme=programme, at=moment(day))


def test_raised_twice_nothing_is_doubled(office: Office):
    programme = opened(
        office, row("A", SCIENCE, HEALTH, deadline=continuous()), row("B", SCIENCE, deadline=by_date(days(5)))
    )
    before = snapshots.rows()
    assert raise_due(programme, days(0)) == 0
    assert snapshots.rows() == before


def test_a_new_period_is_raised_when_it_begins(office: Office):
    programme = opened(office, row("A", SCIENCE, HEALTH, deadline=continuous()))
    assert raise_due(programme, date(2026, 6, 14)) == 0
    assert raise_due(programme, date(2026, 6, 15)) == 2
    assert raise_due(programme, date(2026, 6, 15)) == 0
    event = Event.objects.filter(verb="programmes.obligation.raised").last()
    assert (event.actor, event.data["count"], event.office) == ("job:raise", 2, office.body.path)
    assert len(event.data["digest"]) == 64


def test_the_day_is_vietnams(office: Office):
    programme = opened(office, row("A", SCIENCE, deadline=continuous()))
    assert obligations.raise_due(programme=programme, at=moment(date(2026, 6, 14), 23, 59)) == 0
    assert obligations.raise_due(programme=programme, at=moment(date(2026, 6, 15), 0, 0)) == 1


def test_a_closed_task_raises_nothing_more(office: Office):
    programme = opened(office, row("A", SCIENCE, deadline=continuous()))
    Task.objects.update(closed_at=make.NOW)
    assert raise_due(programme, date(2026, 6, 15)) == 0


def test_raising_again_finds_what_an_event_opened(office: Office):
    programme = opened(office, row("Việc", SCIENCE))
    Opening.objects.create(
        task=programme.tasks.get(), basis="x", happened_on=days(0), due=days(9), by=office.chief, at=make.NOW
    )
    assert raise_due(programme, days(0)) == 1
    assert raise_due(programme, days(0)) == 0
    assert programme.obligations.get().opening is not None


def test_raising_is_a_few_queries_however_many_rows(office: Office, django_assert_max_num_queries):
    programme = opened(office, *(row(f"Việc {n}", SCIENCE, HEALTH, deadline=continuous("month")) for n in range(30)))
    with django_assert_max_num_queries(14):
        assert raise_due(programme, date(2026, 5, 1)) == 120


def test_a_lead_without_a_body_cannot_owe(office: Office):
    programme = opened(office, row("Việc", "Sở Lạ Chưa Biết", deadline=by_date(days(9))))
    with pytest.raises(ValueError, match="owes nothing"):
        owing.obligation(programme, Assignment.objects.get(), standing=False, start=days(0), end=days(1), due=days(1))


def test_the_names_of_rows(office: Office):
    programme = opened(office, row("Việc", SCIENCE, deadline=by_date(days(9))))
    task, one = programme.tasks.get(), programme.obligations.get()
    assert str(task) == "1 Việc"
    assert str(task.assignments.get()) == f"{task.pk} lead {SCIENCE}"
    assert str(one) == f"{task.pk} {office.science.pk} {days(9)}"
