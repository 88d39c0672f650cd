"""Whoever a bút phê names hears of its day; on days off nobody hears, and the next working day makes up for them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_ox.models import OxTask

import factories as make
from factories import NOW, days, moment
from tiendo.config import worker
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.models import Event
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.models import Post
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import deadlines, instructions, reminders, tasks
from tiendo.work.programmes.jobs import run_daily as job
from tiendo.work.programmes.models import Obligation, Reminder
from tiendo.work.programmes.queries import letters, reminding
from tiendo.work.programmes.rules.reminding import Level, near, rests, schedule_for
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 3, day) for day in (13, 14, 15, 16))


def run(day: int | date, hour: int = 7, minute: int = 30) -> reminders.Ran:
    return reminders.run_daily(at=moment(days(day) if isinstance(day, int) else day, hour, minute))


def told(user: User) -> list[str]:
    """Of the mornings' digests."""
    digests = Notice.objects.filter(user=user, kind=reminders.KIND)
    return list(digests.order_by("key").values_list("subject", flat=True))


@pytest.fixture
def owed(office: Office) -> Obligation:
    """Due on a Monday, four weeks off."""
    row = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(28)))
    return make.programme(row, office=office.body, by=office.chief).obligations.get()


@pytest.fixture
def clerk(office: Office) -> User:
    return office.who("clerk", office.science)


@pytest.fixture
def head(office: Office) -> User:
    return office.who("head", office.science)


class TestWhoWasNamed:
    @pytest.fixture
    def give(self, owed, head, clerk):
        def given(due: date | None, to: User = clerk, at=NOW):
            return instructions.give(obligation=owed, to=to, text="Làm ngay.", due=due, by=head, at=at)

        return given

    def test_hears_the_day_before_once_and_nobody_else_does(self, give, head, clerk, office: Office):
        give(days(9))
        for day in range(5):
            run(day)
        assert told(clerk) == []
        for day in range(7, 12):
            run(day)
        assert told(clerk) == ["Đôn đốc ngày 10/03/2026: 1 việc lãnh đạo cơ quan giao bạn sắp đến hạn"]
        for other in (head, office.chief, office.who("officer", office.science)):
            assert told(other) == []

    def test_who_stands_in_for_them_hears_it_too(self, give, head, clerk, office: Office):
        give(days(9))
        mate = make.post("clerk", body=office.science).user
        make.absence(Post.objects.get(user=clerk), deputy=mate, first=5, last=12)
        run(8)
        assert [len(told(who)) for who in (clerk, mate, head)] == [1, 1, 0]

    def test_the_day_is_the_one_that_was_set_and_the_words_stay_inside(self, give, clerk):
        give(days(9))
        run(8)
        body = Notice.objects.get(user=clerk, kind=reminders.KIND).body
        assert "hạn 11/03/2026" in body
        assert "bút phê" in body
        assert "Làm ngay" not in body

    def test_without_a_day_nobody_is_told(self, give, clerk):
        give(None)
        for day in (0, 1, 9, 18):
            run(day)
        assert told(clerk) == []

    def test_beside_what_the_body_owes_it_is_one_notice(self, give, clerk):
        give(days(28))
        assert run(25) == reminders.Ran(0, 2, 2), "a Friday; what is due on Monday"
        assert [run(day) for day in (26, 27, 28)] == [reminders.Ran(0, 0, 0)] * 3
        assert told(clerk) == [
            "Đôn đốc ngày 27/03/2026: 1 việc sắp đến hạn; 1 việc lãnh đạo cơ quan giao bạn sắp đến hạn"
        ]

    def test_the_last_word_holds(self, give, clerk, office: Office):
        other = office.who("officer", office.science)
        give(days(9))
        give(days(9), to=other)
        run(8)
        assert (told(clerk), len(told(other))) == ([], 1)
        give(days(16), to=other, at=moment(days(9)))
        run(15)
        assert len(told(other)) == 2, "a new day is told anew"

    def test_given_to_another_while_the_run_was_cut_off(self, give, clerk, office: Office, monkeypatch):
        other = office.who("officer", office.science)
        give(days(9))
        monkeypatch.setattr(reminders, "_tell", lambda *_a: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(8)
        monkeypatch.undo()
        give(days(9), to=other, at=moment(days(8), 8))
        run(8, 9)
        assert (told(clerk), len(told(other))) == ([], 1)

    @pytest.mark.parametrize("how", ["answered", "suspended", "closed", "left", "merged"])
    def test_goes_silent(self, give, owed, clerk, office: Office, how):
        give(days(9))
        if how == "answered":
            make.submitted(owed, at=moment(days(2)))
        elif how == "suspended":
            deadlines.suspend(obligation=owed, from_day=days(0), reason="Bão.", by=office.chief, at=NOW)
        elif how == "closed":
            type(owed.task).objects.update(closed_at=NOW)
        elif how == "left":
            Post.objects.filter(user=clerk).update(ends=days(3))
        else:
            draft = make.succession("absorb", [office.science], [office.health])
            handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
        run(8)
        assert told(clerk) == []

    def test_nobody_outside_hears_that_there_was_one(self, give, owed, clerk, office: Office):
        """Neither the office whose body has nobody to be told, nor its letters, nor the page of who keeps silent."""
        give(days(9))
        Post.objects.filter(user=clerk).update(ends=days(3))
        run(8)
        assert Reminder.objects.get().told == 0
        assert list(Notice.objects.values_list("user", "kind")) == [(clerk.pk, "programmes.instructed")]
        Reminder.objects.update(told=1)
        pair = (owed.programme_id, owed.organisation_id)
        assert reminding.told_of([pair]) == {}
        letter = make.letter(owed, by=office.chief)
        letter.lines = [[owed.pk, owed.due.isoformat(), 5]]
        assert [line.reminded for line in letters.lines(letter)] == [()]
        kept = {name for event in Event.objects.filter(actor="job:remind") for name in event.data}
        assert kept == {"count", "digest"}

    def test_of_a_restricted_task_number_and_day_alone(self, give, owed, clerk, office: Office):
        tasks.set_restricted(task=owed.task, restricted=True, by=office.chief, at=NOW)
        instructions.give(obligation=owed, to=clerk, due=days(9), by=office.who("head", office.science), at=NOW)
        run(8)
        notices = Notice.objects.filter(user=clerk)
        assert notices.count() == 2, "at once, and the day before"
        assert not any("Xây dựng" in f"{one.subject} {one.body}" for one in notices)

    def test_before_days_off_it_names_what_is_due_until_offices_open_again(self, give, clerk):
        give(MONDAY)
        run(FRIDAY)
        assert told(clerk) == ["Đôn đốc ngày 13/03/2026: 1 việc lãnh đạo cơ quan giao bạn sắp đến hạn"]


class TestDaysOff:
    @pytest.fixture
    def late(self, office: Office) -> Obligation:
        """Due on Friday: overdue on Saturday."""
        row = make.row("Trình đề án", SCIENCE, deadline=make.by_date(FRIDAY))
        return make.programme(row, office=office.body, by=office.chief).obligations.get()

    def test_nobody_is_told_and_monday_makes_up_for_it(self, late, clerk):
        for day in (FRIDAY, SATURDAY, SUNDAY):
            run(day)
        assert told(clerk) == ["Đôn đốc ngày 13/03/2026: 1 việc sắp đến hạn"]
        assert list(Reminder.objects.values_list("level", "on")) == [("due_soon", FRIDAY)]
        run(MONDAY)
        assert told(clerk)[1:] == ["Đôn đốc ngày 16/03/2026: 1 việc quá hạn"]
        run(MONDAY + timedelta(days=1))
        assert told(clerk)[2:] == ["Đôn đốc ngày 17/03/2026: 1 việc quá hạn kéo dài"], "a step at a time"

    def test_told_all_the_same_where_the_office_wants_it(self, late, clerk, settings):
        settings.REMIND_ON_DAYS_OFF = True
        for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY):
            run(day)
        assert [subject[:25] for subject in told(clerk)] == [
            "Đôn đốc ngày 13/03/2026: ", "Đôn đốc ngày 14/03/2026: ", "Đôn đốc ngày 16/03/2026: ",
        ]  # fmt: skip

    def test_what_falls_due_is_raised_on_a_day_off_too(self, office: Office, clerk):
        make.programme(make.row("Tuyên truyền", SCIENCE, deadline=make.continuous("month")), office=office.body)
        assert run(date(2026, 3, 15)) == reminders.Ran(1, 0, 0)
        assert run(date(2026, 3, 15), 9) == reminders.Ran(0, 0, 0)

    def test_a_run_cut_off_on_friday_is_made_up_for_on_monday(self, late, clerk, monkeypatch):
        monkeypatch.setattr(reminders, "_tell", lambda *_a: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(FRIDAY)
        monkeypatch.undo()
        run(SATURDAY)
        run(SUNDAY)
        assert told(clerk) == []
        run(MONDAY)
        days_told = [subject[:25] for subject in told(clerk)]
        assert days_told == ["Đôn đốc ngày 13/03/2026: ", "Đôn đốc ngày 16/03/2026: "]

    def test_the_look_round_queues_the_run_of_a_day_off_once(self, late, monkeypatch):
        monkeypatch.setattr(timezone, "now", lambda: moment(SATURDAY, 8))
        queued = OxTask.objects.filter(task_path=job.module_path)
        worker.have_reminded()
        assert queued.count() == 1
        run(SATURDAY)
        queued.delete()
        worker.have_reminded()
        assert not queued.exists()

    def test_a_holiday_is_one_and_a_saturday_that_is_worked_is_none(self, late):
        tet = date(2026, 2, 17)
        assert rests(tet, days_off=False)
        assert not rests(tet, days_off=True)
        assert not rests(MONDAY, days_off=False)

    def test_before_a_long_holiday_what_falls_due_in_it_is_named(self, office: Office, clerk):
        """Tết 2026: 14 to 22 February; what is owed on the 20th is heard of on Friday the 13th, a week before."""
        last = date(2026, 2, 13)
        row = make.row("Trình đề án", SCIENCE, HEALTH, deadline=make.by_date(date(2026, 2, 20)))
        make.programme(row, office=office.body, tracked_from=date(2026, 1, 1), at=moment(date(2026, 1, 5)))
        for day in range(10):
            run(date(2026, 2, 9) + timedelta(days=day))
        assert told(clerk) == ["Đôn đốc ngày 13/02/2026: 1 việc sắp đến hạn"]
        step = schedule_for(last).steps[Level.DUE_SOON]
        assert near(last, step, days_off=False) == date(2026, 2, 23)
        assert near(last, step, days_off=True) == date(2026, 2, 16)
