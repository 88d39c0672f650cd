"""Signing in and out, and the language of the pages."""

from __future__ import annotations

import pytest
from django.test import Client

import factories as make
from doors.desk.world import words
from factories.foundation import PASSWORD
from tiendo.doors.desk.session.addresses import address_of
from tiendo.foundation.audit.models import Event


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


def test_after_five_slips_the_page_says_when_to_come_again(office):
    client = Client()
    for _ in range(5):
        assert sign_in(client, office.clerk, "sai").status_code == 422
    answer = sign_in(client, office.clerk)
    assert answer.status_code == 429
    assert "Hãy thử lại từ 09:45 ngày 02/03/2026." in words(answer)


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "10.9.9.9, 203.0.113.7", "203.0.113.7"),
        ("", "203.0.113.7", "203.0.113.7"),
        ("198.51.100.9", "203.0.113.7", "198.51.100.9"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_our_own_proxy_is_believed(rf, peer, told, address):
    assert address_of(rf.get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": told})) == address


def test_leaving_is_recorded_once(office, enter):
    client = enter(office.clerk)
    client.post("/dang-xuat/")
    client.post("/dang-xuat/")
    assert Event.objects.filter(verb="accounts.session.closed", actor=office.clerk.actor).count() == 1


def new_password(client, current=PASSWORD, password="gio-mua-thu-ve", again="gio-mua-thu-ve"):
    return client.post("/mat-khau/", {"current": current, "password": password, "again": again})


def test_ones_own_password(office, enter):
    client, elsewhere = enter(office.clerk), enter(office.clerk)
    assert "Mật khẩu hiện tại" in words(client.get("/mat-khau/"))
    assert new_password(client).url == "/bao-mat/"
    assert "Đã đổi mật khẩu." in words(client.get("/"))
    assert elsewhere.get("/").status_code == 302, "the other sessions are over"
    assert sign_in(Client(), office.clerk, "gio-mua-thu-ve").status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"current": "khong-phai"}, "Mật khẩu hiện tại chưa đúng."),
        ({"again": "khac-di-mot-chut"}, "Hai lần nhập mật khẩu mới không giống nhau."),
        ({"password": "ngan", "again": "ngan"}, "Mật khẩu chưa đạt"),
    ],
)
def test_a_password_that_is_not_changed(office, enter, typed, said):
    client = enter(office.clerk)
    answer = new_password(client, **typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "khac-di" not in answer.content.decode()
    assert sign_in(Client(), office.clerk).status_code == 302


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
    for names in shown.values():
        names.remove("Thông báo")  # everybody has notices
    assert shown["clerk"] == ["Việc của tôi", "Văn bản", "Chương trình", "Cơ quan"]
    assert shown["head"] == [*shown["clerk"], "Nhật ký"]
    assert shown["administrator"] == ["Việc của tôi", "Cơ quan", "Tài khoản"]


@pytest.mark.parametrize(("path", "label"), [("/", "Việc của tôi"), ("/van-ban/", "Văn bản"), ("/co-quan/", "Cơ quan")])
def test_the_frame_says_where_one_is(office, enter, path, label):
    nav = enter(office.clerk).get(path).context["desk"]["nav"]
    assert [item["label"] for item in nav if item["current"]] == [label]


def test_the_frame_names_the_office_and_searches(office, enter):
    frame = enter(office.clerk).get("/").context["desk"]
    assert (frame["office"], frame["search_url"]) == (office.body.name, "/tim/")
    assert "search_url" not in enter(make.user()).get("/").context["desk"]


def test_the_door_speaks_one_language(db):
    client = Client()
    client.cookies["django_language"] = "en"
    page = words(client.get("/dang-nhap/"))
    assert "User name" in page
    assert "Tên đăng nhập" not in page
