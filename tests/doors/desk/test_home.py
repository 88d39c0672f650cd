"""Việc của tôi: what I owe, what waits for my word, and what to do when there is nothing."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import LATE, PLAN, STANDING, words
from factories import days
from faults import said
from tiendo.doors.desk.home import views
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.programmes.actions import programmes, reports
from worlds import SCIENCE


@pytest.fixture
def head(office, enter):
    return enter(office.who("head", office.science))


def test_nothing_to_do_says_what_will_come(office, enter, world):
    page = enter(office.clerk).get("/")
    assert "Hôm nay không có việc nào chờ bạn." in words(page)
    assert "Xem các chương trình đang theo dõi" in words(page)


def test_nothing_to_do_sends_nobody_where_they_may_not_go(office, enter, world):
    page = enter(office.who("administrator")).get("/")
    assert "Hôm nay không có việc nào chờ bạn." in words(page)
    assert "Xem các chương trình đang theo dõi" not in words(page)


def test_what_a_body_owes_soonest_first(head, world):
    page = head.get("/")
    owed = [row["obligation"] for row in page.context["owed"]]
    assert [one.task.position for one in owed] == [LATE, 6, PLAN]
    assert [row["standing"] for row in page.context["owed"]] == ["long_overdue", "in_term", "in_term"]
    assert f'href="{world.writing(LATE)}"' in page.content.decode()
    assert page.context["owed_total"] == 3


def test_a_period_is_one_line(head, world):
    page = head.get("/")
    periods = page.context["periods"]
    assert [row["period"].rows for row in periods] == [2] * len(periods)
    assert f'href="{world.writing(STANDING)}"' in page.content.decode()
    world.sent(STANDING)
    assert len(head.get("/").context["periods"]) == len(periods) - 1


def test_a_period_whose_day_is_over_is_late(head, world, monkeypatch):
    from django.utils import timezone

    assert not any(row["late"] for row in head.get("/").context["periods"])
    monkeypatch.setattr(timezone, "now", lambda: make.moment(days(300)))
    from django.test import Client

    later = Client()
    later.force_login(world.office.who("head", world.office.science))
    page = later.get("/")
    assert page.context["periods"][0]["late"]
    assert "Quá hạn báo cáo kỳ" in words(page)


def test_what_waits_for_confirmation(office, world, enter):
    assert enter(office.chief).get("/").context["confirm_total"] == 0
    sent = world.sent(PLAN)
    page = enter(office.chief).get("/")
    assert page.context["confirm_total"] == 1
    assert f'href="/bao-cao/{sent.pk}/"' in page.content.decode()
    assert "1 Xây dựng kế hoạch chuyển đổi số 12-CTr/TU Sở Khoa học và Công nghệ 09:30 02/03/2026" in words(page)
    assert enter(office.who("head", office.health)).get("/").context["confirm_total"] == 0
    reports.confirm(report=sent, seen_round=1, by=office.chief, at=make.NOW)
    assert enter(office.chief).get("/").context["confirm_total"] == 0


def test_a_report_sent_back_is_owed_again(head, world, office):
    sent = world.sent(LATE)
    assert LATE not in [row["obligation"].task.position for row in head.get("/").context["owed"]]
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu", by=office.chief, at=make.NOW)
    page = head.get("/")
    assert LATE not in [row["obligation"].task.position for row in page.context["owed"]]
    assert [row["owed"].task.position for row in page.context["sent_back"]] == [LATE]
    assert "Báo cáo cần bổ sung 1" in words(page)
    assert f"Thiếu {office.chief.full_name}" in words(page)
    assert f'href="/viec/{sent.answers.get().obligation_id}/"' in page.content.decode()


def test_a_long_list_is_cut_and_says_so(head, world, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 2)
    page = head.get("/")
    assert (len(page.context["owed"]), page.context["owed_total"]) == (2, 3)
    assert "Xem cả 3 việc phải báo cáo" in words(page)
    whole = head.get("/?het=1")
    assert (len(whole.context["owed"]), whole.context["owed_total"]) == (3, 3)
    assert "Xem cả" not in words(whole)


# documents on their way


def links(client):
    return [row["url"] for row in client.get("/").context["documents"]]


def test_documents_lead_where_each_may_go(office, document, enter):
    clerk, officer = enter(office.clerk), enter(office.officer)
    assert links(officer) == [f"/van-ban/{document.pk}/dong/"]
    assert links(clerk) == [f"/van-ban/{document.pk}/"]
    assert links(enter(office.who("leader"))) == []
    assert links(enter(office.who("officer", office.science))) == []
    assert "0/4" in words(officer.get("/"))


def test_what_is_seen_through_waits_for_approval(office, enter):
    document = make.read(make.machine(make.row("Việc", SCIENCE)), office=office.body, by=office.chief)
    chief = enter(office.chief)
    duties.sign_table(document=document, by=office.chief, at=make.NOW)
    assert "1/1 · chờ duyệt" in words(chief.get("/"))
    documents.approve(document=document, by=office.chief, at=make.NOW)
    assert "chờ mở chương trình" in words(chief.get("/"))
    assert links(chief) == [f"/van-ban/{document.pk}/mo-chuong-trinh/"]
    assert links(enter(office.officer)) == []
    document.refresh_from_db()
    programmes.open(document=document, by=office.chief, at=make.NOW)
    assert links(chief) == []


def test_what_was_not_read_is_shown_to_who_received_it(office, enter):
    failed = make.document(office=office.body, by=office.clerk, filename="hong.docx")
    assert links(enter(office.clerk)) == []
    readings.fail(document=failed, code="x", message="Hỏng.", at=make.NOW)
    assert links(enter(office.clerk)) == [f"/van-ban/{failed.pk}/"]
    assert "chưa đọc được" in words(enter(office.clerk).get("/"))


# an empty installation


@pytest.fixture
def empty(monkeypatch, db):
    """An office as `tiendo init` leaves it, with an administrator and an office head who keeps the register."""
    given = (
        "--admin",
        "quan.tri",
        "--admin-name",
        "Người Quản Trị",
        "--head",
        "chanh.vp",
        "--head-name",
        "Trần Thị Chánh",
    )
    office = ("--province-name", "Tỉnh Lạc Vân", "--office-code", "VPTU", "--office-name", "Văn phòng Tỉnh ủy")
    monkeypatch.setenv("TIENDO_PASSWORD", "mot-mat-khau-dai")
    said("init", *office, *given, "--second-factor", "off")
    return {user.username: user for user in User.objects.all()}


def states(page) -> list[str]:
    return [step["state"] for step in page.context["beginning"]]


def test_an_empty_installation_says_what_to_do_first_and_who_does_it(empty, enter):
    keeper, chief = enter(empty["quan.tri"]), enter(empty["chanh.vp"])
    page = chief.get("/")
    assert states(page) == ["now", "waiting", "waiting"]
    for path in ("/co-quan/danh-ba/", "/co-quan/them/", "/van-ban/tiep-nhan/", "/tuan-dau/"):
        assert f'href="{path}"' in page.content.decode()
        assert chief.get(path).status_code == 200
    assert "chạy lệnh tiendo add-territory --province" in words(page), "nobody types a province's communes"
    assert "Việc này do người khác làm: Người Quản Trị." in words(page)
    assert "/tai-khoan/them/" not in page.content.decode()
    seen = keeper.get("/")
    assert "Việc này do người khác làm: Trần Thị Chánh." in words(seen)
    assert 'href="/tai-khoan/moi/"' in seen.content.decode()
    assert "/co-quan/danh-ba/" not in seen.content.decode()
    assert "Hôm nay không có việc nào" not in words(seen)


def test_the_steps_follow_what_was_done_and_go_when_a_programme_is_open(empty, enter):
    chief, keeper = enter(empty["chanh.vp"]), enter(empty["quan.tri"])
    root, office = Organisation.objects.order_by("pk")
    science = make.organisation(SCIENCE, parent=root)
    page = chief.get("/")
    assert states(page) == ["done", "now", "waiting"]
    assert "Gửi danh sách cơ quan" not in words(page)
    make.post("head", body=science)
    assert states(chief.get("/")) == states(keeper.get("/")) == ["done", "done", "now"]
    make.programme(make.row("Việc đầu tiên", SCIENCE), office=office, by=empty["chanh.vp"])
    assert chief.get("/").context["beginning"] == keeper.get("/").context["beginning"] == []


def test_a_role_that_nobody_holds_is_asked_for_and_whom_nothing_concerns_sees_nothing(empty, enter):
    Post.objects.filter(role="registrar").delete()
    assert "người quản trị giao vai trò “Quản lý danh bạ cơ quan”" in words(enter(empty["quan.tri"]).get("/"))
    page = enter(make.post("leader", body=Organisation.objects.get(code="VPTU")).user).get("/")
    assert page.context["beginning"] == []
    assert "Hôm nay không có việc nào" in words(page)
