"""A session nobody used for a while asks who is there; nothing typed is lost. Sessions elsewhere are seen and ended."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from doors.desk.world import PLAN, row_form, words
from factories import NOW
from factories.foundation import PASSWORD
from tiendo.doors.desk.security.devices import device
from tiendo.foundation.accounts.actions import sessions
from tiendo.foundation.audit.models import Event

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.fixture
def later(monkeypatch):
    """`later(31)`: so many minutes after the tests' moment."""

    def moved(minutes: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=minutes))

    return moved


def signed_in(user, **more) -> Client:
    client = Client(**more)
    assert client.post("/dang-nhap/", {"username": user.username, "password": PASSWORD}).status_code == 302
    return client


def unlock(client: Client, password: str = PASSWORD, **more):
    return client.post("/mo-khoa/", {"password": password, **more})


def test_after_half_an_hour_of_nothing_the_session_is_locked(office, later):
    client = signed_in(office.clerk)
    later(29)
    assert client.get("/van-ban/?q=a").status_code == 200
    later(59)
    answer = client.get("/van-ban/?q=a")
    assert answer.url == "/mo-khoa/?next=%2Fvan-ban%2F%3Fq%3Da"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "nav" not in page.context["desk"]
    assert office.clerk.full_name in words(page)
    wrong = unlock(client, "khong-phai", next="/van-ban/?q=a")
    assert wrong.status_code == 422
    assert "Mật khẩu hiện tại chưa đúng" in words(wrong)
    assert client.get("/").status_code == 302
    assert unlock(client, next="/van-ban/?q=a").url == "/van-ban/?q=a"
    assert client.get("/van-ban/?q=a").status_code == 200
    assert Event.objects.last().verb == "accounts.session.unlocked"


def test_a_locked_session_stays_locked(office, later):
    client = signed_in(office.clerk)
    later(31)
    client.get("/")
    later(32)
    assert client.get("/").url.startswith("/mo-khoa/")
    for _ in range(5):
        unlock(client, "khong-phai")
    assert unlock(client).status_code == 429


def test_how_long_is_a_setting(office, later, settings):
    settings.IDLE_MINUTES = 0
    client = signed_in(office.clerk)
    later(11 * 60)
    assert client.get("/").status_code == 200
    settings.IDLE_MINUTES = 5
    later(11 * 60 + 5)
    assert client.get("/").status_code == 302


def test_whatever_is_done_a_session_ends_after_half_a_day(office, later):
    client = signed_in(office.clerk)
    for minutes in range(20, 12 * 60, 20):
        later(minutes)
        assert client.get("/").status_code == 200, minutes
    later(12 * 60 + 1)
    assert client.get("/").url == "/dang-nhap/?next=/"


def test_what_was_typed_in_the_meantime_is_sent_again_after_unlocking(office, document, later):
    row = document.duties.all()[0]
    client = signed_in(office.officer)
    later(45)
    there = f"/van-ban/{document.pk}/dong/{row.pk}/"
    page = client.post(there, row_form(row, content="Nội dung gõ lâu", act="save"))
    assert page.status_code == 403
    assert "Phiên đăng nhập đang khóa nên nội dung vừa gửi chưa được lưu" in words(page)
    sealed = re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]
    slip = unlock(client, "khong-phai", kept=sealed, next="/")
    assert sealed in slip.content.decode() or 'name="kept"' in slip.content.decode()
    offered = unlock(client, kept=sealed)
    assert "Nội dung gõ lâu" in words(offered)
    assert f'action="{there}"' in offered.content.decode()
    assert "gửi lúc phiên đang khóa" in words(offered)
    assert "đăng nhập lại" not in words(offered)
    row.refresh_from_db()
    assert row.content != "Nội dung gõ lâu"


def test_a_file_that_was_chosen_before_the_lock_is_named_and_chosen_again(office, world, later):
    client = signed_in(office.who("head", office.science))
    later(45)
    there, sent = world.writing(PLAN), {"act": "submit", "version": "1"}
    page = client.post(there, {**sent, "file": SimpleUploadedFile("ke-hoach.pdf", b"%PDF-")})
    sealed = re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]
    assert "“ke-hoach.pdf”" in words(page)
    offered = unlock(client, kept=sealed)
    assert "Chọn lại tệp: “ke-hoach.pdf”" in words(offered)
    assert '<input class="input" type="file" id="file1" name="file">' in offered.content.decode()
    assert not (Path(settings.DATA) / "files").exists() or not list((Path(settings.DATA) / "files").rglob("*.pdf"))


def test_parts_of_a_page_lead_to_the_lock_too(office, document, later):
    row = document.duties.all()[0]
    client = signed_in(office.officer)
    later(45)
    part = {"HX-Request": "true"}
    assert client.get("/van-ban/", headers=part).headers["HX-Redirect"].startswith("/mo-khoa/")
    there = f"/van-ban/{document.pk}/dong/{row.pk}/"
    assert client.post(there, row_form(row), headers=part).status_code == 403


def test_one_may_leave_a_locked_session(office, later):
    client = signed_in(office.clerk)
    later(45)
    client.get("/")
    assert client.post("/dang-xuat/").url == "/dang-nhap/"


def test_watching_costs_a_page_nothing(office, later):
    client = signed_in(office.clerk)
    client.get("/mat-khau/")
    with CaptureQueriesContext(connection) as first:
        client.get("/mat-khau/")
    assert not [query for query in first if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(first) <= 5
    later(2)
    with CaptureQueriesContext(connection) as second:
        client.get("/mat-khau/")
    assert len([query for query in second if query["sql"].startswith("UPDATE")]) == 2, "once a minute: session and list"


# where one is signed in


def test_sessions_are_listed_and_ended(office, later):
    here, there = signed_in(office.clerk, HTTP_USER_AGENT=CHROME), signed_in(office.clerk, REMOTE_ADDR="203.0.113.7")
    signed_in(office.chief)
    later(3)
    page = here.get("/phien-dang-nhap/")
    assert "Chrome, Linux (máy này)" in words(page)
    assert "203.0.113.7" in words(page)
    assert len(page.context["rows"]) == 2
    [other] = [row["session"] for row in page.context["rows"] if not row["here"]]
    assert "Đã kết thúc 1 phiên" in words(here.post("/phien-dang-nhap/", {"session": other.pk}, follow=True))
    assert there.get("/").status_code == 302
    assert "đã kết thúc" in words(here.post("/phien-dang-nhap/", {"session": other.pk}, follow=True))


def test_all_others_end_at_once(office):
    here, others = signed_in(office.clerk), [signed_in(office.clerk) for _ in range(3)]
    assert "Kết thúc mọi phiên khác" in words(here.get("/phien-dang-nhap/"))
    assert "Đã kết thúc 3 phiên" in words(here.post("/phien-dang-nhap/", {"others": "1"}, follow=True))
    assert [one.get("/").status_code for one in (here, *others)] == [200, 302, 302, 302]


@pytest.mark.parametrize("asked", ["0", "9" * 40, "-1", "²"])
def test_a_session_that_is_not_ones_own_is_not_there(office, asked):
    mine, foreign = signed_in(office.clerk), signed_in(office.chief)
    mine.post("/phien-dang-nhap/", {"session": asked})
    assert foreign.get("/").status_code == 200


def test_the_list_asks_as_often_for_many(office):
    client = signed_in(office.clerk)
    asked = []
    for count in (1, 20):
        for number in range(count):
            key = f"k{count}-{number}"
            sessions.open_session(user=office.clerk, key=key, address="", agent="", how="password", at=NOW)
            Session.objects.create(session_key=key, session_data="", expire_date=NOW + timedelta(hours=1))
        with CaptureQueriesContext(connection) as captured:
            client.get("/phien-dang-nhap/")
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 7


def test_a_new_password_leaves_this_session_alone_in_the_list(office):
    here, _ = signed_in(office.clerk), signed_in(office.clerk)
    new = "gio-mua-thu-ve"
    here.post("/mat-khau/", {"current": PASSWORD, "password": new, "again": new})
    assert [row["here"] for row in here.get("/phien-dang-nhap/").context["rows"]] == [True]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME, "Chrome, Linux"),
        ("curl/8", "Thiết bị không rõ"),
        ("", "Thiết bị không rõ"),
        ("iPhone Safari/604", "Safari, iPhone"),
    ],
)
def test_a_device_has_a_name_people_know(agent, name):
    assert device(agent) == name
