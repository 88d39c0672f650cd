"""Việc cần chỉ đạo: only red, only after the body heard of it; and who keeps silent."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import factories as make
from doors.desk.world import words
from factories import days, moment
from tiendo.work.programmes.actions import reminders, reports
from tiendo.work.programmes.models import Obligation, Obstacle, Task
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
PAGE, SILENCE = "/viec-can-chi-dao/", "/viec-can-chi-dao/chua-tra-loi/"


@pytest.fixture
def programme(office: Office):
    for body in (office.science, office.health):
        office.who("head", body)
    return make.programme(
        make.row("Trình đề án đô thị", SCIENCE, deadline=make.by_date(days(-5)), product="Đề án"),
        make.row("Ban hành quy chế", HEALTH, deadline=make.by_date(days(-2))),
        make.row("Việc kín đáo", HEALTH, deadline=make.by_date(days(-4)), restricted="rule", product="Vật kín"),
        make.row("Còn trong hạn", SCIENCE, deadline=make.by_date(days(30))),
        office=office.body, by=office.chief, tracked_from=days(-60),
    )  # fmt: skip


@pytest.fixture
def see(monkeypatch, office, enter, settings):
    """`see(day, who)` is a client in which somebody (a leader, unless said) looks on that day."""
    settings.IDLE_MINUTES = 0

    def seen(day: int, who=None):
        monkeypatch.setattr(timezone, "now", lambda: moment(days(day)))
        return enter(who or office.who("leader", office.root))

    return seen


def run(*numbers: int) -> None:
    for day in numbers:
        reminders.run_daily(at=moment(days(day)))


def shown(client, url: str = PAGE) -> list[str]:
    return [row.title for row in client.get(url).context["table"]["rows"]]


def table_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


class TestEscalated:
    def test_not_before_the_body_heard_of_it_the_day_before(self, programme, see):
        assert shown(see(0)) == [], "long overdue, and nobody was reminded"
        run(0)
        assert shown(see(0)) == []
        assert [one[:2] for one in shown(see(1))] == ["1.", "3 ", "2."]

    def test_what_was_answered_meanwhile_never_stood_there(self, programme, see):
        run(0)
        make.submitted(programme.obligations.get(task__position=1))
        assert [one[:2] for one in shown(see(1))] == ["3 ", "2."]

    def test_a_new_date_takes_it_off_until_the_body_heard_anew(self, programme, see):
        from tiendo.work.programmes.actions.parts import ledger

        run(0)
        owed = programme.obligations.get(task__position=1)
        with ledger.kept([owed.pk], on=days(1)):
            Obligation.objects.filter(pk=owed.pk).update(due=days(2))
        assert not any("đô thị" in one for one in shown(see(9)))
        run(9)
        assert any("đô thị" in one for one in shown(see(10)))

    def test_of_a_restricted_task_neither_content_nor_product(self, programme, see, office):
        run(0)
        owed = programme.obligations.get(task__position=3)
        Obstacle.objects.create(obligation=owed, text="Chuyện kín", raised_on=days(0), level=office.body)
        leader = see(1)
        for answer in (leader.get(PAGE), leader.get(f"{PAGE}?tep=csv")):
            said = answer.content.decode()
            assert "kín" not in said
            assert "Văn phòng Tỉnh ủy" in said
            assert "Đề án" in said

    def test_days_level_and_product_as_page_and_as_csv(self, programme, see, office):
        run(0)
        owed = programme.obligations.get(task__position=1)
        Obstacle.objects.create(obligation=owed, text="Thiếu vốn", raised_on=days(0), level_text="Thủ tướng")
        leader = see(1)
        rows = leader.get(f"{PAGE}?sort=days").context["table"]["rows"]
        assert [row.days for row in rows] == [3, 5, 6]
        assert shown(leader, f"{PAGE}?loc=vuong-mac") == ["1. Trình đề án đô thị"]
        head, first = table_of(leader.get(f"{PAGE}?tep=csv&loc=vuong-mac"))
        assert head[4] == "Số ngày quá hạn"
        assert first[1:] == [
            SCIENCE, str(programme), "25/02/2026", "6", "Đề án", "Thủ tướng", "02/03/2026", "1", "",
        ]  # fmt: skip

    def test_a_cell_is_no_formula(self, programme, see):
        run(0)
        Task.objects.filter(programme=programme, position=1).update(product="=1+1")
        leader = see(1)
        assert "'=1+1" in table_of(leader.get(f"{PAGE}?tep=csv"))[1]

    def test_a_body_sees_nothing_of_others(self, programme, see, office):
        run(0)
        assert shown(see(1, office.who("head", office.science))) == []
        assert shown(see(1, office.who("leader", office.elsewhere))) == []
        assert len(shown(see(1, office.chief))) == 3

    @pytest.mark.parametrize("asked", ["sort=x", "sort=-", "page=x", "page=999", "loc=x"])
    def test_odd_questions(self, programme, see, asked):
        run(0)
        assert len(shown(see(1), f"{PAGE}?{asked}")) == 3

    def test_as_many_queries_for_many_as_for_few(self, office, see):
        asked = []
        leader = see(1)
        for count in (3, 40):
            make.programme(
                *(make.row(f"Việc {n}", SCIENCE, HEALTH, deadline=make.by_date(days(-9))) for n in range(count)),
                office=office.body, by=office.chief, tracked_from=days(-60),
            )  # fmt: skip
            run(-4 + count // 40)  # a Thursday, a Friday
            for url in (PAGE, SILENCE):
                leader.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert shown(leader)
                assert leader.get(SILENCE).context["table"]["rows"]
            asked.append(len(captured))
        assert asked[0] == asked[1] <= 30

    def test_who_could_not_be_told_does_not_look_silent(self, office, see):
        make.programme(
            make.row("Trình đề án", SCIENCE, deadline=make.by_date(days(-5))),
            office=office.body, by=office.chief, tracked_from=days(-60),
        )  # fmt: skip
        run(0)
        leader = see(1)
        assert "chưa báo được cho ai" in words(leader.get(PAGE)).split("Trình đề án")[1]
        row = table_of(leader.get(f"{PAGE}?tep=csv"))[1]
        assert "chưa báo được cho ai" in row[7]
        assert row[8] == "0"


@pytest.mark.parametrize("role", ["head", "clerk"])
def test_the_menu_leads_there_whoever_follows_a_programme(programme, office, see, role):
    def entry(body) -> bool:
        return f'href="{PAGE}"' in see(0, office.who(role, body)).get("/").content.decode()

    assert not entry(office.health), "it follows nothing"
    type(programme).objects.update(monitor=office.health)
    assert entry(office.health)
    assert see(0, office.who(role, office.health)).get(PAGE).status_code == 200
    assert not entry(office.science), "what is owed by one's own body stands on the first page"


class TestObstacles:
    PAGE = "/viec-can-chi-dao/vuong-mac/"

    def raised(self, programme, position: int, **more) -> Obstacle:
        owed = programme.obligations.get(task__position=position)
        return Obstacle.objects.create(obligation=owed, **{"text": "Thiếu vốn", "raised_on": days(-3), **more})

    def test_those_at_ones_own_body_first_then_the_oldest(self, programme, see, office):
        self.raised(programme, 1, level_text="Thủ tướng", proposal="Cấp vốn", raised_on=days(-9))
        mine = self.raised(programme, 2, level=office.root)
        leader = see(0)
        rows = leader.get(self.PAGE).context["table"]["rows"]
        assert [(row.one.pk == mine.pk, row.days, row.level, row.blocks, row.asked) for row in rows] == [
            (True, 3, str(office.root), "Thiếu vốn", ""), (False, 9, "Thủ tướng", "Thiếu vốn", "Cấp vốn"),
        ]  # fmt: skip
        assert "Thiếu vốn Cấp vốn" in words(leader.get(self.PAGE)), "what blocks, beside what is proposed"
        assert f"/vuong-mac/{mine.pk}/" in leader.get(self.PAGE).content.decode()
        assert leader.get(f"/vuong-mac/{mine.pk}/").status_code == 200
        assert table_of(leader.get(f"{self.PAGE}?tep=csv"))[2][1:7] == [
            SCIENCE, "21/02/2026", "9", "Thủ tướng", "Thiếu vốn", "Cấp vốn",
        ]  # fmt: skip

    def test_of_a_restricted_task_nothing_that_is_asked(self, programme, see, office):
        self.raised(programme, 3, text="Chuyện kín", proposal="Đề xuất kín", level=office.body)
        leader = see(0)
        for answer in (leader.get(self.PAGE), leader.get(f"{self.PAGE}?tep=csv")):
            assert "kín" not in answer.content.decode()
            assert "Văn phòng Tỉnh ủy" in answer.content.decode()

    def test_what_was_decided_or_is_over_and_what_is_others_stand_there_not(self, programme, see, office):
        self.raised(programme, 1, decided_on=days(-1), decision="Đồng ý", level=office.root)
        self.raised(programme, 2, level=office.root)
        Task.objects.filter(programme=programme, position=2).update(closed_at=make.NOW)
        self.raised(programme, 4, level_text="Thủ tướng")
        assert len(see(0).get(self.PAGE).context["table"]["rows"]) == 1
        for who in (office.who("head", office.science), office.who("leader", office.elsewhere)):
            assert "Không có vướng mắc nào chờ quyết định." in words(see(0, who).get(self.PAGE))

    def test_as_many_queries_for_many_as_for_few(self, programme, see, office):
        leader, asked = see(0), []
        for count in (1, 20):
            for _ in range(count):
                self.raised(programme, 1, level=office.body)
            leader.get(self.PAGE)
            with CaptureQueriesContext(connection) as captured:
                assert leader.get(self.PAGE).context["table"]["rows"]
            asked.append(len(captured))
        assert asked[0] == asked[1] <= 20


class TestSilence:
    def bodies(self, client) -> list[tuple[str, int, int]]:
        return [(row.body.name, row.n, row.days) for row in client.get(SILENCE).context["table"]["rows"]]

    def test_who_began_nothing_the_longest_first(self, programme, office, enter):
        client = enter(office.who("officer"))
        assert self.bodies(client) == [(SCIENCE, 1, 5), (HEALTH, 2, 4)]

    def test_a_word_on_one_of_them_ends_the_silence(self, programme, office, enter):
        owed = programme.obligations.get(task__position=2)
        draft = make.report(owed)
        client = enter(office.chief)
        assert len(self.bodies(client)) == 2, "an empty draft says nothing"
        head = office.who("head", office.health)
        said = {owed.pk: reports.Said(text="Đang làm.")}
        reports.save(report=draft, answers=said, version=1, by=head, at=make.NOW)
        assert self.bodies(client) == [(SCIENCE, 1, 5)]

    def test_the_monitor_sees_it_with_the_reminders_and_the_body_does_not(self, office, enter):
        make.programme(
            make.row("Trình đề án", SCIENCE, deadline=make.by_date(days(-5))),
            office=office.body, by=office.chief, monitor=office.health, tracked_from=days(-60),
        )  # fmt: skip
        run(0)
        monitor = enter(office.who("monitor", office.health))
        (row,) = monitor.get(SILENCE).context["table"]["rows"]
        assert (row.last, row.told) == (days(0), 0)
        shown = words(monitor.get(SILENCE))
        assert "chưa báo được cho ai" in shown.split("1 5")[1]
        assert "02/03/2026" not in shown.split("1 5")[1], "no day of a reminder that nobody heard"
        assert "chưa báo được cho ai" in table_of(monitor.get(f"{SILENCE}?tep=csv"))[1][4]
        assert self.bodies(enter(office.who("head", office.science))) == []

    def test_from_there_a_letter_is_drafted_by_whoever_may(self, programme, office, enter):
        said = enter(office.officer).get(SILENCE).content.decode()
        assert f"/chuong-trinh/{programme.pk}/cong-van/?co-quan={office.science.pk}" in said
        assert "/cong-van/" not in enter(office.who("leader")).get(SILENCE).content.decode()

    def test_as_csv(self, programme, office, enter):
        rows = table_of(enter(office.officer).get(f"{SILENCE}?tep=csv"))
        assert rows[1] == [SCIENCE, str(programme), "1", "5", "", "0"]

    def test_without_any_the_page_says_so(self, office, enter):
        assert "đã bắt đầu trả lời" in words(enter(office.officer).get(SILENCE))
