"""The clock of the machine is set back, to before what was last recorded: acts, the day's run, mails, figures."""

from __future__ import annotations

import logging
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_ox.models import OxTask

import factories as make
from doors.desk.world import words
from factories import NOW, TODAY, days, moment
from tiendo.config import worker
from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.errors import TooManyAttemptsError
from tiendo.foundation.accounts.models import Attempt
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.notifications.queries import to_mail
from tiendo.work.programmes.actions import deadlines, obligations, reminders, reports
from tiendo.work.programmes.jobs import run_daily
from tiendo.work.programmes.models import Obligation, Reminder, Turn
from tiendo.work.programmes.queries import history, tally
from tiendo.work.programmes.queries.clocks import hands_of, sums_of
from tiendo.work.programmes.rules import standing
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(office: Office):
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(10))),
        make.row("Tuyên truyền", SCIENCE, HEALTH, deadline=make.continuous()),
        office=office.body,
        by=office.chief,
    )


@pytest.fixture
def owed(programme) -> Obligation:
    return programme.obligations.get(standing=False)


def run(day: int) -> reminders.Ran:
    return reminders.run_daily(at=moment(days(day), 7, 30))


class TestRaising:
    def test_nothing_is_raised_twice_nor_taken_back(self, programme):
        obligations.raise_due(programme=programme, at=moment(days(400)))
        there = list(Obligation.objects.order_by("pk").values())
        for day in (0, 200, -900, 400):
            assert obligations.raise_due(programme=programme, at=moment(days(day))) == 0
        assert list(Obligation.objects.order_by("pk").values()) == there

    def test_what_was_raised_ahead_of_its_time_is_the_very_period_that_comes(self, programme):
        """A clock that was ahead raised the next half-year; when its time comes nothing is added, and it is in term."""
        obligations.raise_due(programme=programme, at=moment(days(200)))
        ahead = Obligation.objects.filter(period_start__gt=TODAY, organisation__name=SCIENCE)
        assert ahead.count() == 1
        assert str(standing(ahead.get().facts, on=TODAY)) == "not_reported"
        assert obligations.raise_due(programme=programme, at=moment(days(120))) == 0


class TestTheDaysRun:
    @pytest.fixture
    def writer(self, office: Office):
        return office.who("officer", office.science)

    def told(self) -> list[tuple]:
        return list(Notice.objects.order_by("user", "key").values_list("user", "key", "subject", "body", "made_at"))

    def test_a_day_before_the_last_one_tells_nobody_again(self, owed, writer, office: Office):
        office.who("monitor", office.body)
        for day in (7, 11, 14):
            run(day)
        told, reminded = self.told(), list(Reminder.objects.values())
        assert len(reminded) == 3
        for day in (11, 7, 8, 12, -300):
            assert run(day) == reminders.Ran(0, 0, 0)
        assert (self.told(), list(Reminder.objects.values())) == (told, reminded)

    def test_afterwards_it_goes_on_where_it_was(self, owed, writer):
        run(7)
        run(3)
        assert run(11).reminded == 1
        keys = [key for user, key, *_rest in self.told() if user == writer.pk]
        assert keys == ["daily:2026-03-09", "daily:2026-03-13"]

    def test_who_came_since_is_not_told_of_days_gone_by(self, owed, writer, office: Office):
        """The run of an earlier day is no reason to take the later ones for cut off."""
        run(11)
        run(3)
        new = office.who("clerk", office.science)
        run(12)
        assert not Notice.objects.filter(user=new).exists()

    def test_what_was_cut_off_before_the_clock_was_set_back_is_made_up_for(self, owed, writer, monkeypatch):
        run(7)
        monkeypatch.setattr(reminders, "_tell", lambda *_a: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(11)
        monkeypatch.undo()
        told = self.told()
        run(8)
        assert self.told() == told
        run(14)
        assert "daily:2026-03-13" in [key for _user, key, *_rest in self.told()]


class TestActs:
    def test_a_life_with_the_clock_set_back_at_every_step(self, owed, office: Office):
        """Handed in on day 20, confirmed "on day 5": no negative days, no gap, the chain and the cube hold."""
        obligations.raise_due(programme=owed.programme, at=moment(days(15)))
        sent = make.submitted(owed, at=moment(days(20)))
        head = office.who("head")
        reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=head, at=moment(days(5)))
        again = make.resubmitted(sent, at=moment(days(2)))
        reports.confirm(report=again, seen_round=2, by=head, at=moment(days(1)))
        reports.revoke(report=again, reason="Nhầm.", seen_round=2, by=head, at=moment(days(-3)))
        reports.confirm(report=again, seen_round=2, by=head, at=moment(days(30)))
        owed.refresh_from_db()
        assert (owed.state, owed.submitted_on) == ("confirmed", days(20)), "the first handing in stays"
        turns = [(turn.since, turn.until) for turn in Turn.objects.filter(obligation=owed).order_by("since")]
        assert turns == [(TODAY, days(20)), (days(20), days(30))]
        for day in range(-5, 40):
            for hand in hands_of(owed.task, [owed], days(day)):
                assert hand.clock.days >= 0 <= hand.clock.late
            assert all(one.clock.days >= 0 <= one.clock.late for one in sums_of(owed.programme, days(day)))
            assert history.stood_on(Obligation.objects.filter(pk=owed.pk), days(day)).count() == (day >= 0)
        assert audit.verify() is None
        assert list(tally.differences()) == []

    def test_dates_are_moved_by_days_that_lie_in_order(self, owed, office: Office):
        why = {"reason": "Bão lũ.", "by": office.chief}
        deadlines.suspend(obligation=owed, from_day=days(6), at=moment(days(6)), **why)
        with pytest.raises(Exception, match="08/03/2026"):
            deadlines.resume(obligation=owed, on_day=days(2), at=moment(days(2)), **why)
        change = deadlines.resume(obligation=owed, on_day=days(8), at=moment(days(8)), **why)
        assert change.after == days(12)

    def test_evidence_and_confirmation_on_the_day_itself(self, owed, office: Office):
        sent = make.submitted(owed, at=moment(days(3), 10))
        done = reports.confirm(report=sent, seen_round=1, by=office.who("head"), at=moment(days(3), 8))
        owed.refresh_from_db()
        assert (done.state, owed.confirmed_on, str(standing(owed.facts, on=days(9)))) == (
            "confirmed", days(3), "done_on_time",
        )  # fmt: skip


class TestWhatWaitsForAnHour:
    def test_a_mail_is_not_put_off_until_the_wrong_hour_comes(self, office: Office, settings):
        settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
        office.clerk.email = "a@example.vn"
        office.clerk.save()
        make.notice(office.clerk, mail=True, at=moment(days(400)))
        assert to_mail(NOW).count() == 1
        Notice.objects.update(next_try_at=NOW + timedelta(minutes=30))
        assert not to_mail(NOW).exists(), "a pause is a pause"

    def test_a_job_that_failed_in_the_future_is_queued_again(self, office: Office, monkeypatch):
        monkeypatch.setattr(timezone, "now", lambda: moment(TODAY, 8))
        worker.have_reminded()
        OxTask.objects.update(status="FAILED", enqueued_at=moment(days(300)))
        worker.have_reminded()
        assert OxTask.objects.filter(task_path=run_daily.module_path).count() == 2

    def test_nobody_stays_outside_until_then(self, settings):
        settings.SIGN_IN_TRIES = 2
        for _ in range(2):
            throttle.take(username="binh", address="203.0.113.7", at=moment(days(300)))
        with pytest.raises(TooManyAttemptsError):
            throttle.take(username="binh", address="203.0.113.7", at=moment(days(300)))
        assert throttle.take(username="binh", address="203.0.113.7", at=NOW) == 1
        assert Attempt.objects.filter(since__gt=NOW).count() == 0


class TestTheWarning:
    @pytest.fixture
    def later(self, programme, office: Office) -> None:
        """Somebody did something eight days from now."""
        obligations.raise_due(programme=programme, at=moment(date(2026, 12, 20)))
        assert audit.verify() is None

    def test_a_clock_that_goes_on_is_not_spoken_of(self, programme):
        assert audit.ahead(NOW) is None
        assert audit.ahead(NOW - audit.TOLERATED) is None

    def test_it_is_seen_and_ends_when_enough_has_been_recorded(self, later):
        assert audit.ahead(NOW) == moment(date(2026, 12, 20))
        for _ in range(audit.LATELY):
            make.event()
        assert audit.ahead(NOW) is None
        assert audit.verify() is None

    @pytest.mark.parametrize("command", ["daily", "raise_due", "verify_audit"])
    def test_the_shell_says_so_and_goes_on(self, later, command, capsys):
        call_command(command)
        err = capsys.readouterr().err
        assert "đồng hồ máy đang chỉ 09:30 ngày 02/03/2026" in err
        assert "lúc 09:00 ngày 20/12/2026" in err

    @pytest.mark.parametrize("command", ["daily", "raise_due", "verify_audit"])
    def test_without_a_reason_it_says_nothing(self, programme, command, capsys):
        call_command(command)
        assert "đồng hồ" not in capsys.readouterr().err

    def test_home_says_so_to_who_can_have_it_mended(self, later, enter, office: Office):
        seen = {role: "Đồng hồ máy chủ đang chỉ" in words(enter(office.who(role)).get("/"))
                for role in ("administrator", "clerk")}  # fmt: skip
        assert seen == {"administrator": True, "clerk": False}

    def test_the_log_says_so_once_a_day(self, later, caplog):
        with caplog.at_level(logging.WARNING, logger="tiendo.config.worker"):
            worker.have_reminded()
        assert "the clock shows" in caplog.text
