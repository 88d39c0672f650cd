"""The calendar, or the rhythm of a programme, is edited when obligations exist, drafts are begun, reports handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.utils import timezone

import factories as make
from factories import NOW, days, moment
from tiendo.foundation.notifications.models import Notice
from tiendo.work.programmes.actions import deadlines, obligations, programmes, reminders, reports
from tiendo.work.programmes.actions.obligations import Raised
from tiendo.work.programmes.errors_of_changes import CalendarGoneError
from tiendo.work.programmes.models import Obligation, Programme
from tiendo.work.programmes.queries.dates import chain, following
from tiendo.work.programmes.rules import periods
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
DECREE = "nd-09-2019"
DAY = timedelta(days=1)
JUNE = moment(date(2026, 6, 23), 7, 30)
"""The half-year's reports are due soon, and the next period has begun."""


@pytest.fixture
def edit(monkeypatch):
    """`edit(cutoff_day=19)`: the calendar says otherwise from now on."""

    def edited(id_: str = DECREE, **facts) -> None:
        monkeypatch.setitem(periods.calendars(), id_, replace(periods.calendars()[id_], **facts))

    return edited


@pytest.fixture
def programme(office: Office) -> Programme:
    return make.programme(
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()),
        make.row("Bồi dưỡng", SCIENCE, deadline=make.continuous()),
        make.row("Xây dựng kế hoạch", HEALTH, deadline=make.by_date(days(30))),
        office=office.body,
        by=office.chief,
    )


def spans(programme: Programme, content: str = "Tuyên truyền") -> list[tuple[date, date]]:
    rows = programme.obligations.filter(task__content=content, organisation__name=SCIENCE).order_by("period_start")
    return list(rows.values_list("period_start", "period_end"))


def until(programme: Programme, day: date) -> None:
    """As the daily job does it: once a month, so that each period is raised when it has begun."""
    at = make.TODAY
    while at < day:
        at += timedelta(days=30)
        obligations.raise_due(programme=programme, at=moment(at))


EDITS = [
    {"cutoff_day": 19, "due_day": 28},
    {"cutoff_day": 9},
    {"cutoff_day": 25},
    {"cutoff_day": 31, "due_day": 31},
    {"due_day": 20},
]


@pytest.mark.parametrize("facts", EDITS)
@pytest.mark.parametrize("rhythm", ["half", "quarter", "year", "month"])
def test_no_day_is_asked_for_twice_and_none_is_left_out(programme, edit, office: Office, facts, rhythm):
    until(programme, date(2026, 8, 1))
    make.submitted(programme.obligations.get(standing=False))  # once something was answered, what was asked for stays
    before = spans(programme)
    edit(**facts)
    programmes.change(
        programme=programme, monitor=None, confirming=programme.confirming, tracked_from=programme.tracked_from,
        standing_every=rhythm, by=office.chief, at=moment(date(2026, 9, 1)),
    )  # fmt: skip
    until(programme, date(2028, 2, 1))
    found = spans(programme)
    assert found[: len(before)] == before, "what was asked for stays as it was asked"
    assert len(found) > len(before)
    assert all(after[0] == one[1] + DAY for one, after in pairwise(found))
    assert len(set(spans(programme, "Bồi dưỡng"))) == len(found), "rows of one body go together"
    again = list(Obligation.objects.order_by("pk").values())
    until(programme, date(2028, 2, 1))
    assert list(Obligation.objects.order_by("pk").values()) == again


def test_a_draft_begun_before_is_the_draft_afterwards(programme, edit, office: Office):
    head = office.who("head", office.science)
    owed = programme.obligations.filter(standing=True).first()
    draft = reports.draft_once(obligation=owed, by=head, at=NOW)
    said = {row.obligation_id: reports.Said(text="Đã mở một lớp.") for row in draft.answers.all()}
    draft = reports.save(report=draft, answers=said, version=1, by=head, at=NOW)
    edit(cutoff_day=19, due_day=28)
    deadlines.recompute(programme=programme, by=office.chief, at=NOW)
    until(programme, date(2026, 8, 1))
    owed.refresh_from_db()
    assert reports.draft_once(obligation=owed, by=head, at=NOW) == draft
    sent = reports.submit(report=draft, by=head, at=NOW)
    assert [answer.text for answer in sent.answers.all()] == ["Đã mở một lớp."] * 2


def test_only_what_is_open_gets_the_new_day_once_and_the_first_one_stays(programme, edit, office: Office):
    sent = make.submitted(programme.obligations.get(standing=False))
    head = office.who("head", office.science)
    rows = list(programme.obligations.filter(standing=True))
    edit(due_day=20)
    assert {day for _one, day in following(programme)} == {date(2026, 6, 20)}
    assert len(deadlines.recompute(programme=programme, by=office.chief, at=NOW)) == 2
    assert deadlines.recompute(programme=programme, by=office.chief, at=NOW) == []
    for one in rows:
        one.refresh_from_db()
        assert (one.due, one.first_due, one.period_end) == (date(2026, 6, 20), date(2026, 6, 25), date(2026, 6, 14))
        assert [link.day for link in chain(one)] == [date(2026, 6, 25), date(2026, 6, 20)]
    report = reports.draft_once(obligation=rows[0], by=head, at=NOW)
    quiet = {row.obligation_id: reports.Said(nothing_arose=True) for row in report.answers.all()}
    report = reports.save(report=report, answers=quiet, version=1, by=head, at=NOW)
    reports.submit(report=report, by=head, at=NOW)
    edit(due_day=28)
    assert deadlines.recompute(programme=programme, by=office.chief, at=NOW) == [], "handed in it moves no more"
    assert sent.answers.get().obligation.due == days(30)


class TestACalendarThatIsGone:
    @pytest.fixture
    def lost(self, office: Office) -> Programme:
        """A programme whose calendar somebody took out; it stands before the others."""
        found = make.programme(
            make.row("Định kỳ", SCIENCE, deadline=make.continuous()), office=office.body, by=office.chief
        )
        Programme.objects.filter(pk=found.pk).update(calendar="tinh-uy-cu")
        found.refresh_from_db()
        return found

    def test_its_programme_is_named_and_the_others_are_run(self, lost, programme, office: Office):
        """When its next period has begun: as long as nothing is to be raised nothing is missing."""
        writer = office.who("clerk", office.science)
        why = CalendarGoneError(calendar="tinh-uy-cu", every="half").message
        assert obligations.raise_everywhere(at=moment(days(28))) == Raised(0)
        assert obligations.raise_everywhere(at=JUNE) == Raised(2, ((lost, why),))
        ran = reminders.run_daily(at=JUNE)
        assert ([one for one, _why in ran.failed], ran.told > 0) == ([lost], True)
        assert Notice.objects.filter(user=writer).exists()
        assert reminders.run_daily(at=JUNE) == reminders.Ran(0, 0, 0), "the day is done"

    @pytest.mark.parametrize("command", ["daily", "raise_due"])
    def test_the_shell_names_it(self, lost, command, capsys, monkeypatch):
        monkeypatch.setattr(timezone, "now", lambda: JUNE)
        call_command(command)
        assert f"{lost}: Lịch báo cáo “tinh-uy-cu” mà chương trình theo không còn" in capsys.readouterr().err

    def test_its_pages_are_there(self, lost, enter, office: Office):
        client = enter(office.chief)
        task = lost.tasks.get()
        assert "không còn trong hệ thống" in client.get(f"/nhiem-vu/{task.pk}/").content.decode()
        assert client.get(f"/chuong-trinh/{lost.pk}/").status_code == 200
        told = client.get(f"/chuong-trinh/{lost.pk}/tinh-lai-han/")
        assert (told.status_code, "“tinh-uy-cu”" in told.content.decode()) == (409, True)

    def test_a_rhythm_that_is_gone_is_told_alike(self, programme, edit):
        every = periods.calendars()[DECREE].every
        edit(every={name: one for name, one in every.items() if name != "half"})
        with pytest.raises(CalendarGoneError, match="“half”"):
            obligations.raise_due(programme=programme, at=NOW)

    def test_put_back_nothing_is_missing(self, lost, programme):
        obligations.raise_everywhere(at=moment(date(2026, 12, 20)))
        Programme.objects.filter(pk=lost.pk).update(calendar=DECREE)
        obligations.raise_everywhere(at=moment(date(2026, 12, 21)))
        lost.refresh_from_db()
        rows = lost.obligations.order_by("period_start").values_list("period_end", flat=True)
        assert list(rows) == [date(2026, 6, 14), date(2026, 12, 14), date(2027, 6, 14)]


def test_a_report_is_never_due_before_its_data_are_cut_off():
    entry = {
        "id": "x", "name": "", "source": "", "effective_from": date(2026, 1, 1), "cutoff_day": 25, "due_day": 20,
        "every": {"half": {"months": 6, "ends": [6, 12], "name": ""}},
    }  # fmt: skip
    with pytest.raises(ValueError, match="due_day lies before cutoff_day"):
        periods._calendar(entry)
