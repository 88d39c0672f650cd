"""Silence climbs, each step once, and stops where somebody answered."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

import factories as make
from factories import NOW, TODAY, days, moment
from snapshots import rows
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.rules import which
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.actions import absences
from tiendo.foundation.organisations.models import Post
from tiendo.work.programmes import messages
from tiendo.work.programmes.actions import reminders, reports
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.jobs import run_daily as job
from tiendo.work.programmes.models import Obligation, Programme, Reminder
from tiendo.work.programmes.queries import reminding
from tiendo.work.programmes.rules.digests import MOST_LINES
from tiendo.work.programmes.rules.reminding import Level
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _days_off_too(settings) -> None:
    """Here a day is a day; what is otherwise on days off: test_reminders_on_days_off.py."""
    settings.REMIND_ON_DAYS_OFF = True


@pytest.fixture
def programme(office: Office):
    """One piece of work that Science owes on the tenth day from today; confirmed and followed by Health."""
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(10))),
        office=office.body, by=office.chief, monitor=office.health,
    )  # fmt: skip


@pytest.fixture
def writer(office: Office) -> User:
    return office.who("officer", office.science)


@pytest.fixture
def owed(programme) -> Obligation:
    return programme.obligations.get()


def run(day: int | date, hour: int = 7, minute: int = 30) -> reminders.Ran:
    return reminders.run_daily(at=moment(days(day) if isinstance(day, int) else day, hour, minute))


def levels() -> list[tuple[str, int]]:
    """(level, day of the tests) of every reminder."""
    return [(row.level, (row.on - TODAY).days) for row in Reminder.objects.order_by("on", "pk")]


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("made_at").values_list("subject", flat=True))


class TestTheSteps:
    def test_day_by_day_each_level_once(self, owed, writer, office):
        monitor, leader = office.who("monitor", office.health), office.who("leader", office.body)
        for day in range(20):
            run(day)
        assert levels() == [("due_soon", 7), ("overdue", 11), ("long_overdue", 13)]
        assert [len(told(one)) for one in (writer, monitor, office.chief, leader)] == [3, 2, 1, 1]
        assert told(writer)[0] == "Đôn đốc ngày 09/03/2026: 1 việc sắp đến hạn"
        assert told(leader) == ["Đôn đốc ngày 15/03/2026: 1 việc quá hạn kéo dài cần chỉ đạo"]

    def test_a_second_run_of_the_day_does_nothing(self, owed, writer):
        assert run(7) == reminders.Ran(0, 1, 1)
        before = rows()
        assert run(7, 15) == reminders.Ran(0, 0, 0)
        assert rows() == before

    def test_days_on_which_nothing_ran_are_made_up_for_a_step_at_a_time(self, owed, writer, office):
        """Also a programme opened late, whose work was long overdue: those above hear of it after the body did."""
        leader = office.who("leader")
        run(30)
        assert (levels(), told(leader)) == ([("overdue", 30)], [])
        run(31)
        assert levels()[1:] == [("long_overdue", 31)]
        assert len(told(leader)) == 1

    def test_what_fell_due_is_raised_first(self, office, writer):
        make.programme(make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()), office=office.body)
        assert run(date(2026, 12, 23)) == reminders.Ran(2, 2, 2)
        assert [level for level, _on in levels()] == ["due_soon", "overdue"]

    def test_a_quiet_day_tells_nobody(self, programme, writer):
        assert run(0) == reminders.Ran(0, 0, 0)
        assert not Notice.objects.exists()

    def test_a_new_date_is_reminded_of_anew(self, owed, writer):
        run(11)
        with ledger.kept([owed.pk], on=days(11)):
            Obligation.objects.filter(pk=owed.pk).update(due=days(40))
        for day in (12, 36, 37, 41, 43, 44):
            run(day)
        assert levels() == [("overdue", 11), ("due_soon", 37), ("overdue", 41), ("long_overdue", 43)]


class TestGoingSilent:
    @pytest.mark.parametrize("state", ["suspended", "not_owed"])
    def test_suspended_and_not_owed(self, owed, writer, state):
        with ledger.kept([owed.pk], on=TODAY):
            Obligation.objects.filter(pk=owed.pk).update(state=state)
        for day in (7, 11, 13, 30):
            run(day)
        assert levels() == []

    def test_a_closed_task(self, owed, writer):
        type(owed.task).objects.filter(pk=owed.task_id).update(closed_at=NOW)
        run(11)
        assert levels() == []

    def test_what_was_answered_waits_for_its_confirmation(self, owed, writer, office):
        confirmer = office.who("head", office.health)
        make.submitted(owed, at=moment(days(8)))
        for day in range(8, 20):
            run(day)
        assert levels() == [("confirm", 10)]
        assert told(confirmer) == ["Đôn đốc ngày 12/03/2026: 1 việc chờ cơ quan bạn xác nhận"]
        assert Reminder.objects.get().owed_by == days(8)

    def test_what_was_confirmed_is_over(self, owed, writer, office):
        sent = make.submitted(owed, at=moment(days(8)))
        confirmer = office.who("head", office.health)
        reports.confirm(report=sent, seen_round=1, by=confirmer, at=moment(days(9)))
        for day in (11, 13, 30):
            run(day)
        assert levels() == []

    def test_a_round_handed_in_again_is_waited_for_anew(self, owed, writer, office):
        sent = make.submitted(owed, at=moment(days(1)))
        confirmer = office.who("head", office.health)
        run(3)
        reports.ask_more(report=sent, seen_round=1, reason="Thiếu số liệu.", by=confirmer, at=moment(days(4)))
        for day in (14, 15, 16):  # nine days are left, to the 13th, a Sunday: the supplement is owed on the Monday
            run(day)
        make.resubmitted(sent, at=moment(days(16)))
        run(18)
        assert [one for one, _day in levels()] == ["confirm", "due_soon", "overdue", "confirm"]

    def test_what_was_answered_while_the_run_was_cut_off_is_not_told(self, owed, writer, monkeypatch):
        monkeypatch.setattr(reminders, "_tell", lambda *_a: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(11)
        monkeypatch.undo()
        make.submitted(owed, at=moment(days(11), 8))
        run(11, 9)
        assert told(writer) == []


class TestWhoHears:
    def test_the_deputy_hears_what_the_absent_would(self, owed, office):
        post = Post.objects.get(user=office.who("head", office.science))
        deputy = office.who("clerk", office.science)
        absences.name_deputy(post=post, deputy=deputy, starts=days(7), ends=days(7), by="shell:x", at=NOW)
        stranger = office.who("leader", office.science)
        run(7)
        assert (len(told(deputy)), len(told(stranger))) == (2, 0), "that they stand in, and what is owed"

    def test_a_deputy_who_only_stands_in_hears_for_the_days_of_the_absence(self, owed, office):
        post = Post.objects.get(user=office.who("monitor", office.health))
        deputy = office.who("clerk", office.health)
        absences.name_deputy(post=post, deputy=deputy, starts=days(11), ends=days(12), by="shell:x", at=NOW)
        run(11)
        run(13)
        assert told(deputy)[1:] == [
            "Đôn đốc ngày 13/03/2026: 1 việc quá hạn ở các cơ quan được theo dõi",
            f"Bạn thôi thay {post.user.full_name}",
        ]

    def test_who_is_concerned_twice_hears_it_once_as_their_own(self, programme, office):
        """Somebody of the body that owes who also follows for the one that monitors."""
        both = office.who("officer", office.science)
        make.post("head", body=office.health, who=both)
        run(11)
        (notice,) = Notice.objects.filter(user=both)
        assert notice.subject == "Đôn đốc ngày 13/03/2026: 1 việc quá hạn"

    def test_who_left_or_cannot_sign_in_hears_nothing(self, owed, office, writer):
        gone = office.who("clerk", office.science)
        Post.objects.filter(user=gone).update(ends=days(6))
        User.objects.filter(pk=writer.pk).update(is_active=False)
        run(7)
        assert Reminder.objects.get().told == 0
        assert not Notice.objects.filter(user__in=[gone, writer]).exists()

    def test_a_body_without_an_account_is_told_to_the_office(self, owed, office):
        run(7)
        assert Reminder.objects.get().told == 0
        notice = Notice.objects.get(user=office.chief)
        assert notice.subject == "Đôn đốc ngày 09/03/2026: 1 việc sắp đến hạn chưa báo được cho ai"
        assert notice.url == "/co-quan/chua-co-tai-khoan/"

    def test_the_people_of_a_body_that_acts_for_another_hear_for_it(self, owed, office):
        from tiendo.work.handovers.actions import handovers

        draft = make.succession("acts_through", [office.science], [office.health])
        handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
        clerk = office.who("clerk", office.health)
        run(7)
        assert len(told(clerk)) == 1

    def test_a_leader_of_another_tree_hears_nothing(self, owed, writer, office):
        far, inside = office.who("leader", office.elsewhere), office.who("leader", office.root)
        run(11)
        run(13)
        assert (len(told(far)), len(told(inside))) == (0, 1)

    def test_of_an_internal_programme_only_leaders_inside_hear(self, programme, writer, office):
        type(programme.document).objects.filter(pk=programme.document_id).update(internal=True)
        outside, inside = office.who("leader", office.root), office.who("leader", office.body)
        run(11)
        run(13)
        assert (len(told(outside)), len(told(inside))) == (0, 1)

    def test_one_digest_for_everything(self, office, writer):
        make.programme(
            *(make.row(f"Việc {n}", SCIENCE, deadline=make.by_date(days(n))) for n in (-9, -1, 2, 3, 30)),
            make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()),
            office=office.body, by=office.chief, tracked_from=days(-60),
        )  # fmt: skip
        run(0)
        (notice,) = Notice.objects.filter(user=writer)
        assert notice.subject == "Đôn đốc ngày 02/03/2026: 2 việc quá hạn; 2 việc sắp đến hạn"
        assert notice.body.count("- ") == 4
        assert "nhiệm vụ 1, Sở Khoa học và Công nghệ: hạn 21/02/2026" in notice.body

    def test_rows_of_a_period_are_one_line(self, office, writer):
        make.programme(
            *(make.row(f"Định kỳ {n}", SCIENCE, deadline=make.continuous()) for n in range(12)),
            office=office.body, by=office.chief,
        )  # fmt: skip
        run(date(2026, 6, 22))
        notice = Notice.objects.get(user=writer)
        assert notice.subject.endswith("12 việc sắp đến hạn")
        assert "báo cáo kỳ 6 tháng đầu năm 2026 (12 việc)" in notice.body

    def test_of_many_lines_the_first_are_written_out(self, office, writer):
        make.programme(
            *(make.row(f"Việc {n}", SCIENCE, deadline=make.by_date(days(2))) for n in range(MOST_LINES + 11)),
            office=office.body, by=office.chief,
        )  # fmt: skip
        run(0)
        body = Notice.objects.get(user=writer).body
        assert "- và 11 việc khác" in body
        assert body.count("\n- ") == MOST_LINES + 1

    def test_no_notice_holds_content(self, office, writer):
        make.programme(
            make.row("Nội dung kín", SCIENCE, deadline=make.by_date(days(2)), restricted="rule"),
            make.row("Nội dung thường", SCIENCE, deadline=make.by_date(days(2))),
            office=office.body, by=office.chief,
        )  # fmt: skip
        run(0)
        notice = Notice.objects.get(user=writer)
        assert "Nội dung" not in notice.body + notice.subject

    def test_in_the_language_of_the_person(self, owed, writer):
        User.objects.filter(pk=writer.pk).update(language="en")
        run(7)
        assert told(writer)[0].startswith("Reminder of 09/03/2026: 1 due soon")

    def test_each_page_that_a_digest_leads_to_is_there(self):
        assert all(resolve(url) for url in messages.PAGES.values())


class TestCutOff:
    def test_after_the_reminders_it_goes_on_and_tells_each_once(self, owed, writer, office, monkeypatch):
        others = [office.who(role, office.science) for role in ("clerk", "head", "office_head")]
        real, calls = notices.hand_over_all, []

        def dying(**facts):
            if len(calls) == 2:
                raise KeyboardInterrupt
            calls.append(facts)
            real(**facts)

        monkeypatch.setattr(reminders, "PEOPLE", 1)
        monkeypatch.setattr(notices, "hand_over_all", dying)
        with pytest.raises(KeyboardInterrupt):
            run(7)
        monkeypatch.setattr(notices, "hand_over_all", real)
        assert Notice.objects.count() == 2
        assert run(7, 8).told == 4
        assert {one.pk: len(told(one)) for one in (writer, *others)} == dict.fromkeys(
            [one.pk for one in (writer, *others)], 1
        )
        assert levels() == [("due_soon", 7)]

    def test_what_a_run_left_untold_is_told_the_day_after(self, owed, writer, monkeypatch):
        monkeypatch.setattr(reminders, "_tell", lambda *_a: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(7)
        monkeypatch.undo()
        run(8)
        assert told(writer) == ["Đôn đốc ngày 09/03/2026: 1 việc sắp đến hạn"]
        run(9)
        assert len(told(writer)) == 1

    def test_between_two_programmes_the_second_run_takes_the_rest(self, owed, writer, office, monkeypatch):
        make.programme(make.row("Hai", SCIENCE, deadline=make.by_date(days(10))), office=office.body, by=office.chief)
        real = reminders._remind
        seen = []

        def once(keys, *rest):
            if seen:
                raise KeyboardInterrupt
            seen.append(keys)
            return real(keys, *rest)

        monkeypatch.setattr(reminders, "PROGRAMMES", 1)
        monkeypatch.setattr(reminders, "_remind", once)
        with pytest.raises(KeyboardInterrupt):
            run(7)
        monkeypatch.undo()
        assert run(7, 8).reminded == 1
        assert Reminder.objects.count() == 2
        assert told(writer) == ["Đôn đốc ngày 09/03/2026: 2 việc sắp đến hạn"]


class TestRecord:
    def test_the_audit_says_how_many_and_names_nobody(self, owed, writer):
        run(7)
        said = {event.verb: event for event in Event.objects.filter(actor="job:remind")}
        assert said["programmes.programme.reminded"].data["count"] == 1
        assert said["programmes.reminder.raised"].subject == "programmes.reminder:20260309"
        assert said["programmes.reminder.told"].data == {"count": 1}

    def test_the_job_runs_at_its_moment(self, owed, writer, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment(days(7), 7, 30))
        job.func()
        assert reminding.done(days(7))
        assert not reminding.done(days(8))

    def test_a_reminder_is_kept_when_its_people_are_not_told(self, owed):
        run(7)
        row = Reminder.objects.get()
        assert (row.obligation, row.owed_by, row.told) == (owed, days(10), 0)


def _one_each(office: Office, count: int, day: int) -> list[Programme]:
    """Programmes of which Science owes one piece of work, due on the day after next."""
    return [
        make.programme(
            make.row(f"Việc {n}", SCIENCE, deadline=make.by_date(days(day + 2))), office=office.body, by=office.chief
        )
        for n in range(count)
    ]


class TestManyAtOnce:
    def test_as_many_queries_for_many_as_for_few(self, office: Office, writer):
        """Of obligations, programmes, people."""
        asked = []
        for day, count in ((0, 2), (20, 30)):
            _one_each(office, count, day)
            make.programme(
                *(make.row(f"Việc {n}", SCIENCE, HEALTH, deadline=make.by_date(days(day + 2))) for n in range(count)),
                office=office.body, by=office.chief,
            )  # fmt: skip
            for body in (office.science, office.health) if day else ():
                for role in ("clerk", "head", "office_head"):
                    office.who(role, body)
            with CaptureQueriesContext(connection) as captured:
                ran = run(day)
            assert ran.reminded >= 3 * count
            asked.append(len(captured))
        assert asked[1] <= asked[0] + 2, "what the first day left untold is asked for once"

    def test_each_programme_has_its_event_and_the_chain_holds(self, office: Office, writer):
        made = _one_each(office, 3, 0)
        assert run(0).reminded == 3
        said = Event.objects.filter(verb="programmes.programme.reminded")
        assert {event.subject: event.data for event in said} == {
            f"programmes.programme:{one.pk}": {"count": 1, "digest": which([one.obligations.get().pk])} for one in made
        }
        assert {event.office for event in said} == {office.body.path}
        assert audit.verify() is None

    @pytest.mark.parametrize(("programmes", "rows"), [(2, 100), (100, 2), (1, 1)])
    def test_in_as_many_transactions_as_it_takes(self, office: Office, writer, monkeypatch, programmes, rows):
        monkeypatch.setattr(reminders, "PROGRAMMES", programmes)
        monkeypatch.setattr(reminders, "ROWS", rows)
        monkeypatch.setattr(reminders, "PEOPLE", 1)
        _one_each(office, 5, 0)
        make.programme(
            *(make.row(f"Việc {n}", SCIENCE, deadline=make.by_date(days(2))) for n in range(4)), office=office.body
        )
        office.who("clerk", office.science)
        assert run(0) == reminders.Ran(0, 9, 2)
        assert told(writer) == ["Đôn đốc ngày 02/03/2026: 9 việc sắp đến hạn"]
        assert Event.objects.filter(verb="programmes.programme.reminded").count() == 6

    def test_how_it_is_put_together(self, monkeypatch):
        monkeypatch.setattr(reminders, "PROGRAMMES", 3)
        monkeypatch.setattr(reminders, "ROWS", 10)
        sizes = {1: 4, 2: 6, 3: 1, 4: 1, 5: 1, 6: 30, 7: 1}
        assert list(reminders._together(sizes)) == [[1, 2], [3, 4, 5], [6], [7]]
        assert list(reminders._together({})) == []


def test_the_levels_are_all_there():
    assert {one.value for one in Level} == set(Reminder.Level.values)
