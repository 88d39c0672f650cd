"""Signing in and out, and the language of the pages."""

from __future__ import annotations

import pytest
from django.test import Client

import factories as make
from doors.desk.world import words
from factories.foundation import PASSWORD


def sign_in(client: Client, user, password=PASSWORD, **more):
    return client.post("/dang-nhap/", {"username": user.username, "password": password, **more})


def test_the_door(db):
    answer = Client().get("/dang-nhap/")
    assert answer.status_code == 200
    assert "Tên đăng nhập" in words(answer)
    assert answer.headers["Content-Language"] == "vi"


def test_in_and_out(office):
    client = Client()
    answer = sign_in(client, office.clerk)
    assert (answer.status_code, answer.url) == (302, "/")
    assert office.clerk.full_name in words(client.get("/"))
    assert client.get("/dang-nhap/").url == "/"
    assert client.post("/dang-xuat/").url == "/dang-nhap/"
    assert client.get("/").url == "/dang-nhap/?next=/"


def test_signing_out_is_posted(office, enter):
    client = enter(office.clerk)
    assert client.get("/dang-xuat/").status_code == 405
    assert client.get("/").status_code == 200


def test_the_name_may_be_typed_in_any_case(office):
    client = Client()
    office.clerk.username = office.clerk.username.upper()
    assert sign_in(client, office.clerk).status_code == 302


def test_a_wrong_password_is_refused_and_the_name_kept(office):
    answer = sign_in(Client(), office.clerk, "sai-mat-khau")
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in words(answer)
    assert f'value="{office.clerk.username}"' in answer.content.decode()
    assert "sai-mat-khau" not in answer.content.decode()


def test_one_who_left_is_refused(office):
    office.clerk.is_active = False
    office.clerk.save()
    assert sign_in(Client(), office.clerk).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "given"),
    [("/co-quan/?kind=school", "/co-quan/?kind=school"), ("https://evil.example/", "/"), ("//evil.example/a", "/"),
     ("javascript:alert(1)", "/"), ("/\\evil.example", "/"), ("http:///evil.example", "/"), ("", "/")],
)  # fmt: skip
def test_after_the_door_only_our_own_pages(office, wanted, given):
    assert sign_in(Client(), office.clerk, next=wanted).url == given
    client = Client()
    client.force_login(office.clerk)
    assert client.get("/dang-nhap/", {"next": wanted}).url == given
    assert client.post("/ngon-ngu/", {"language": "vi", "next": wanted}).url == given


def test_the_wish_survives_a_slip(office):
    answer = sign_in(Client(), office.clerk, "sai", next="/co-quan/")
    assert 'name="next" value="/co-quan/"' in answer.content.decode()


def test_a_session_is_new_at_the_door(office):
    client = Client()
    client.get("/dang-nhap/")
    client.session["x"] = 1
    before = client.session.session_key
    sign_in(client, office.clerk)
    assert client.session.session_key != before


def test_a_stranger_chooses_a_language(db):
    client = Client()
    assert client.post("/ngon-ngu/", {"language": "en", "next": "/dang-nhap/"}).url == "/dang-nhap/"
    answer = client.get("/dang-nhap/")
    assert '<html lang="en">' in answer.content.decode()
    assert answer.headers["Content-Language"] == "en"


def test_a_language_stays_with_the_person(office, enter):
    client = enter(office.clerk)
    client.post("/ngon-ngu/", {"language": "en"})
    assert '<html lang="en">' in client.get("/").content.decode()
    elsewhere = enter(office.clerk)
    assert '<html lang="en">' in elsewhere.get("/").content.decode()
    elsewhere.post("/ngon-ngu/", {"language": "vi"})
    assert '<html lang="vi">' in client.get("/").content.decode()


def test_no_other_language(office, enter):
    client = enter(office.clerk)
    assert client.post("/ngon-ngu/", {"language": "xx"}).status_code == 302
    assert '<html lang="vi">' in client.get("/").content.decode()


def test_what_the_browser_prefers_is_not_asked(db):
    page = Client().get("/dang-nhap/", headers={"Accept-Language": "en-US,en"}).content.decode()
    assert '<html lang="vi">' in page


def test_the_frame_shows_what_one_may_open(office, enter):
    shown = {
        role: [item["label"] for item in enter(office.who(role)).get("/").context["desk"]["nav"]]
        for role in ("clerk", "head", "administrator")
    }
    assert shown["clerk"] == ["Việc của tôi", "Văn bản", "Chương trình", "Cơ quan"]
    assert shown["head"] == [*shown["clerk"], "Nhật ký"]
    assert shown["administrator"] == ["Việc của tôi", "Cơ quan"]


@pytest.mark.parametrize(("path", "label"), [("/", "Việc của tôi"), ("/van-ban/", "Văn bản"), ("/co-quan/", "Cơ quan")])
def test_the_frame_says_where_one_is(office, enter, path, label):
    nav = enter(office.clerk).get(path).context["desk"]["nav"]
    assert [item["label"] for item in nav if item["current"]] == [label]


def test_the_frame_names_the_office_and_searches(office, enter):
    frame = enter(office.clerk).get("/").context["desk"]
    assert (frame["office"], frame["search_url"]) == (office.body.name, "/tim/")
    assert "search_url" not in enter(make.user()).get("/").context["desk"]
