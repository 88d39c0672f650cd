"""What waits for a person's word is told to them once, the morning after; and what was said, to whoever asked."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.models import User
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.models import Post
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions import causes, corrections, deadlines, obstacles, refusals, reminders, reports
from tiendo.work.programmes.models import Obligation, Obstacle, Programme, Task
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
CONTENT = "Xây dựng kế hoạch"


@pytest.fixture
def programme(office: Office) -> Programme:
    """Science owes it far ahead: nothing to remind of. Health follows and confirms."""
    return make.programme(
        make.row(CONTENT, SCIENCE, deadline=make.by_date(days(60))),
        office=office.body, by=office.chief, monitor=office.health,
    )  # fmt: skip


@pytest.fixture
def owed(programme: Programme) -> Obligation:
    return programme.obligations.get()


def run(day: int) -> reminders.Ran:
    return reminders.run_daily(at=moment(days(day), 7, 30))


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user, kind=reminders.KIND).order_by("pk").values_list("subject", flat=True))


def body_of(user: User) -> str:
    return "\n".join(Notice.objects.filter(user=user).values_list("body", flat=True))


class TestWhoDecides:
    def test_a_date_the_next_morning_once_numbers_only(self, owed, office: Office):
        make.date_change(owed)
        officer = office.officer
        run(0)
        assert told(office.chief) == [], "asked today: told tomorrow"
        run(1)
        run(2)
        assert told(office.chief) == ["Thông báo ngày 03/03/2026: 1 đề nghị gia hạn chờ bạn quyết định"]
        notice = Notice.objects.get(user=office.chief)
        assert notice.url == "/"
        assert f"nhiệm vụ {owed.task.number}, {owed.organisation.label}: ngày 02/03/2026" in notice.body
        assert CONTENT not in notice.body
        assert told(officer) == [], "officers decide on no dates"

    def test_on_friday_for_monday(self, owed, office: Office):
        asked = make.date_change(owed)
        type(asked).objects.update(asked_at=moment(days(4), 16))
        for day in range(8):
            run(day)
        assert told(office.chief) == ["Thông báo ngày 09/03/2026: 1 đề nghị gia hạn chờ bạn quyết định"]

    def test_what_was_decided_meanwhile_is_not_told(self, owed, office: Office):
        asked = make.date_change(owed)
        deadlines.decide(request=asked, day=None, word="Không đủ căn cứ.", by=office.chief, at=NOW)
        run(1)
        assert told(office.chief) == []

    def test_each_kind_to_whom_it_concerns_and_nobody_of_the_body_that_asks(self, owed, office: Office):
        confirmer, own = office.who("head", office.health), office.who("head", office.science)
        make.refusal(owed.assignment)
        make.obstacle(owed, level=office.health)
        make.cause(owed, competent=office.health)
        run(1)
        assert told(confirmer) == [
            "Thông báo ngày 03/03/2026: 1 vướng mắc chờ bạn quyết định; 1 nguyên nhân khách quan chờ bạn quyết định"
        ]
        assert told(office.chief) == ["Thông báo ngày 03/03/2026: 1 đề nghị trả lại nhiệm vụ chờ bạn quyết định"]
        assert told(own) == []

    def test_who_has_a_post_in_the_body_that_asks_too_is_not_told(self, owed, office: Office):
        both = office.who("head", office.health)
        make.post("clerk", body=office.science, who=both)
        make.cause(owed, competent=office.health)
        run(1)
        assert told(both) == []

    def test_an_obstacle_whose_level_can_record_nothing_goes_to_the_office(self, owed, office: Office):
        leader, officer = office.who("leader", office.root), office.officer
        make.obstacle(owed, level=office.root)
        make.obstacle(owed, text="Khác")
        run(1)
        assert told(leader) == []
        for who in (officer, office.chief):
            assert told(who) == ["Thông báo ngày 03/03/2026: 2 vướng mắc chờ bạn quyết định"]

    def test_a_correction_to_a_second_person(self, owed, office: Office):
        head, deputy = office.who("head", office.health), office.who("office_head", office.health)
        make.submitted(owed, at=NOW)
        owed.refresh_from_db()
        corrections.propose(obligation=owed, field="submitted_on", after=days(-1), reason="Nhầm.", by=head, at=NOW)
        stands_in = make.person("officer", office.health)
        make.absence(Post.objects.get(user=head), deputy=stands_in)
        run(1)
        assert told(head) == []
        assert told(deputy) == ["Thông báo ngày 03/03/2026: 1 điều chỉnh số liệu chờ bạn quyết định"]
        assert told(stands_in) == [], "who stands in for the one who proposed it"
        assert len(told(office.chief)) == 1

    def test_a_cause_that_is_given_on_is_told_to_whom_it_comes(self, owed, office: Office):
        first, then = office.who("head", office.health), office.who("head", office.root)
        asked = make.cause(owed)
        run(1)
        causes.give_on(cause=asked, competent=office.root, by=first, at=moment(days(1), 12))
        run(2)
        run(3)
        assert told(first) == ["Thông báo ngày 03/03/2026: 1 nguyên nhân khách quan chờ bạn quyết định"]
        assert told(then) == ["Thông báo ngày 04/03/2026: 1 nguyên nhân khách quan chờ bạn quyết định"]

    def test_progress_to_who_confirms_and_its_word_to_the_body(self, owed, office: Office):
        confirmer, writer = office.who("head", office.health), office.who("clerk", office.science)
        sent = make.progress(owed)
        run(1)
        assert told(confirmer) == ["Thông báo ngày 03/03/2026: 1 báo cáo tiến độ chờ bạn xác nhận"]
        assert told(writer) == []
        type(sent).objects.filter(pk=sent.pk).update(
            state="granted", decided_by=confirmer, decided_at=moment(days(1), 12)
        )
        run(2)
        assert told(writer) == ["Thông báo ngày 04/03/2026: 1 đề nghị được chấp thuận"]
        assert "(báo cáo tiến độ)" in body_of(writer)

    def test_a_task_whose_review_day_has_come(self, office: Office):
        held = make.programme(make.row("Khi có chỉ đạo", SCIENCE), office=office.body, by=office.chief)
        Task.objects.filter(programme=held).update(review_on=days(3))
        officer = office.officer
        for day in range(6):
            run(day)
        assert told(officer) == ["Thông báo ngày 05/03/2026: 1 nhiệm vụ đến ngày xem lại"]
        assert "hẹn xem lại ngày 05/03/2026" in body_of(officer)

    def test_of_an_internal_programme_nobody_outside(self, owed, office: Office):
        confirmer = office.who("head", office.health)
        make.cause(owed, competent=office.health)
        make.obstacle(owed, level=office.health)
        Document.objects.filter(pk=owed.programme.document_id).update(internal=True)
        run(1)
        assert told(confirmer) == []

    def test_beside_what_is_owed_it_is_one_notice(self, owed, office: Office):
        Obligation.objects.filter(pk=owed.pk).update(organisation=office.science)
        make.programme(
            make.row("Việc của Văn phòng", office.body.name, deadline=make.by_date(days(2))),
            office=office.body, by=office.chief, monitor=office.health,
        )  # fmt: skip
        make.date_change(owed)
        run(1)
        assert told(office.chief) == [
            "Đôn đốc ngày 03/03/2026: 1 việc sắp đến hạn; 1 đề nghị gia hạn chờ bạn quyết định"
        ]


class TestWhoAsked:
    @pytest.fixture
    def writer(self, office: Office) -> User:
        return office.who("clerk", office.science)

    def test_a_report_that_was_sent_back_and_one_that_was_confirmed(self, owed, office: Office, writer):
        sent, head = make.submitted(owed), office.who("head", office.health)
        reports.ask_more(report=sent, reason="Thiếu số liệu mật.", seen_round=1, by=head, at=NOW)
        run(1)
        assert told(writer) == ["Thông báo ngày 03/03/2026: 1 báo cáo được đề nghị bổ sung"]
        assert f"nhiệm vụ {owed.task.number}" in body_of(writer)
        assert "mật" not in body_of(writer)
        make.resubmitted(sent, at=moment(days(1), 9))
        sent.refresh_from_db()
        reports.confirm(report=sent, seen_round=2, by=head, at=moment(days(1), 10))
        run(2)
        run(3)
        assert told(writer)[1:] == ["Thông báo ngày 04/03/2026: 1 báo cáo đã được xác nhận"]

    def test_the_first_run_of_a_house_tells_no_old_news(self, owed, office: Office, writer):
        sent = make.submitted(owed)
        reports.confirm(report=sent, seen_round=1, by=office.who("head", office.health), at=moment(days(1)))
        run(21)
        assert told(writer) == []

    def test_the_first_run_of_a_house_tells_what_waits_however_old(self, owed, office: Office):
        make.date_change(owed)
        assert told(office.chief) == []
        run(21)
        assert len(told(office.chief)) == 1

    def test_what_the_body_answered_before_the_morning_is_not_told(self, owed, office: Office, writer):
        sent = make.submitted(owed)
        reports.ask_more(report=sent, reason="Thiếu.", seen_round=1, by=office.who("head", office.health), at=NOW)
        make.resubmitted(sent)
        run(1)
        assert told(writer) == []

    def test_each_request(self, owed, office: Office, writer):
        head, who = office.who("head", office.health), {"by": office.chief, "at": NOW}
        asked = make.date_change(owed)
        deadlines.decide(request=asked, day=None, word="Không đủ căn cứ.", **who)
        refusals.decline(refusal=make.refusal(owed.assignment), word="Đúng việc.", **who)
        raised, cause = make.obstacle(owed, level=office.health), make.cause(owed, competent=office.health)
        obstacles.decide(obstacle=raised, decision="Đồng ý.", decided_on=TODAY, by=head, at=NOW)
        causes.decide(cause=cause, granted=True, word="", by=head, at=NOW)
        run(1)
        (subject,) = told(writer)
        assert subject.endswith(
            ": 2 đề nghị không được chấp thuận; 1 đề nghị được chấp thuận; 1 vướng mắc đã có quyết định"
        )
        assert "(gia hạn): ngày 02/03/2026" in body_of(writer)
        assert "căn cứ" not in body_of(writer)

    def test_a_correction_to_the_person_who_proposed_it(self, owed, office: Office, writer):
        make.submitted(owed)
        owed.refresh_from_db()
        asked = corrections.propose(
            obligation=owed, field="submitted_on", after=days(-1), reason="Nhầm.", by=office.officer, at=NOW
        )
        corrections.decide(correction=asked, granted=True, word="", by=office.who("head", office.health), at=NOW)
        run(1)
        assert told(office.officer) == ["Thông báo ngày 03/03/2026: 1 đề nghị được chấp thuận"]
        assert told(writer) == []


class TestCutOff:
    def test_nobody_twice_and_nobody_never(self, owed, office: Office, monkeypatch):
        """Cut off while people are told, on a day without a single reminder; taken up the day after."""
        heads = [office.who("head", office.health), office.who("office_head", office.health)]
        make.cause(owed, competent=office.health)
        run(0)
        real, calls = notices.hand_over_all, []

        def dying(**facts):
            if calls:
                raise KeyboardInterrupt
            calls.append(facts)
            real(**facts)

        monkeypatch.setattr(reminders, "PEOPLE", 1)
        monkeypatch.setattr(notices, "hand_over_all", dying)
        with pytest.raises(KeyboardInterrupt):
            run(1)
        monkeypatch.setattr(notices, "hand_over_all", real)
        assert sorted(len(told(head)) for head in heads) == [0, 1]
        make.obstacle(owed, level=office.health)
        Obstacle.objects.update(raised_on=days(1))
        run(2)
        run(3)
        for head in heads:
            assert told(head) == [
                "Thông báo ngày 03/03/2026: 1 nguyên nhân khách quan chờ bạn quyết định",
                "Thông báo ngày 04/03/2026: 1 vướng mắc chờ bạn quyết định",
            ]

    def test_a_second_run_of_the_day_takes_the_same(self, owed, office: Office, monkeypatch):
        head = office.who("head", office.health)
        make.cause(owed, competent=office.health)
        monkeypatch.setattr(notices, "hand_over_all", lambda **_facts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(1)
        monkeypatch.undo()
        assert reminders.run_daily(at=moment(days(1), 9)).told == 1
        assert len(told(head)) == 1


def test_as_many_queries_for_many_as_for_few(office: Office):
    rows = [make.row(f"Việc {n}", SCIENCE, deadline=make.by_date(days(60))) for n in range(20)]
    held = make.programme(*rows, office=office.body, by=office.chief, monitor=office.health)
    office.who("head", office.health)
    asked = []
    for day, some in ((1, slice(0, 1)), (2, slice(1, 20))):
        for owed in held.obligations.order_by("pk")[some]:
            for one in (make.cause(owed, competent=office.health), make.date_change(owed)):
                type(one).objects.filter(pk=one.pk).update(asked_at=moment(days(day - 1), 12))
        with CaptureQueriesContext(connection) as captured:
            run(day)
        asked.append(len(captured))
    assert asked[0] == asked[1]
