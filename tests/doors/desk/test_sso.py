"""Single sign-on against a real provider: every answer that is not quite right opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.internal import statekit
from django.test import Client

import factories as make
import provinces
from codes import with_app
from doors.desk.world import row_form, words
from factories import NOW
from factories.foundation import PASSWORD
from tiendo.doors.desk import kept
from tiendo.foundation.accounts.actions import identities
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.queries import sso_tie

START = "/dang-nhap/mot-lan/"


@pytest.fixture(autouse=True)
def issuer(settings, db) -> Iterator[str]:
    with provinces.running(settings) as address:
        yield address


def there(answer, subject: str = "s-100", **form: str) -> str:
    """Sign in at the provider; where it sends the browser back to."""
    sent = requests.post(answer.url, data={"sub": subject, **form}, allow_redirects=False, timeout=10)
    back = urlsplit(sent.headers["Location"])
    return f"{back.path}?{back.query}"


def come(client: Client, subject: str = "s-100", start: str = START):
    return client.get(there(client.get(start), subject))


def tied(user: User, subject: str = "s-100") -> User:
    identities.link(user=user, claims={"sub": subject}, at=NOW)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.post("/dang-nhap/", {"username": user.username, "password": PASSWORD})
    return client


def test_one_comes_in_and_to_the_page_that_was_asked_for(office):
    tied(office.clerk)
    client = Client()
    assert come(client, start=f"{START}?next=/van-ban/").url == "/van-ban/"
    assert client.get("/van-ban/").status_code == 200
    assert come(Client(), start=f"{START}?next=https://evil.example/").url == "/"


def test_what_is_asked_of_the_provider(issuer):
    asked = parse_qs(urlsplit(Client().get(START).url).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/dang-nhap/mot-lan/ve/"]
    assert asked["nonce"]


def test_where_nothing_is_set_there_is_nothing(settings):
    settings.SSO = replace(settings.SSO, issuer="")
    assert Client().get(START).status_code == 404
    assert Client().get(f"{START}ve/").status_code == 404
    assert provinces.NAME not in words(Client().get("/dang-nhap/"))


@pytest.mark.parametrize("change", ["state", "code"])
def test_a_changed_answer_opens_nothing(office, change):
    tied(office.clerk)
    client = Client()
    back = urlsplit(there(client.get(START)))
    query = parse_qs(back.query) | {change: ["khac"]}
    answer = client.get(back.path, {name: value[0] for name, value in query.items()})
    assert answer.status_code == 422
    assert "không xác nhận được bạn" in words(answer)
    assert client.get("/").status_code == 302


def test_an_answer_to_another_browser_opens_nothing_here(office):
    tied(office.clerk)
    back = there(Client().get(START))
    assert Client().get(back).status_code == 422


def test_an_answer_opens_once(office):
    tied(office.clerk)
    client = Client()
    back = there(client.get(START))
    assert client.get(back).status_code == 302
    client.post("/dang-xuat/")
    assert client.get(back).status_code == 422


def test_a_token_made_for_another_question_opens_nothing(office):
    tied(office.clerk)
    client = Client()
    back = there(client.get(START))
    session = client.session
    for state in session[statekit.STATES_SESSION_KEY].values():
        state[0]["data"]["nonce"] = "eine-andere"
    session.save()
    assert client.get(back).status_code == 422


def test_who_says_no_there_is_told_so(office):
    client = Client()
    assert client.get(there(client.get(START), action="deny")).status_code == 422


def test_a_provider_that_is_away_is_told_and_the_password_remains(office, settings):
    provinces.use(settings, replace(settings.SSO, issuer="http://localhost:9"))
    answer = Client().get(START)
    assert "không kết nối được" in words(answer)
    assert "Mật khẩu" in words(answer)
    client = signed_in(tied(office.clerk))
    assert client.get(START).url == "/bao-mat/"


@pytest.mark.parametrize("strong", [False, True])
def test_a_second_factor_is_asked_unless_the_provider_does_so(office, settings, strong):
    provinces.use(settings, replace(settings.SSO, strong=strong))
    with_app(tied(office.clerk), NOW)
    assert come(Client()).url == ("/" if strong else "/dang-nhap/buoc-hai/")


def test_whom_the_role_obliges_is_led_to_set_one_up(office):
    make.policy("roles")
    tied(office.chief)
    client = Client()
    come(client)
    assert client.get("/").url == "/bao-mat/"


def test_from_outside_it_is_one_factor_like_a_password(office, settings):
    settings.OFFICE_NETWORKS = ["10.0.0.0/8"]
    tied(office.clerk)
    answer = come(Client())
    assert answer.status_code == 403
    assert "ngoài mạng của cơ quan" in words(answer)


# ties


def test_a_tie_is_asked_for_by_a_form_never_by_a_link(office):
    client = signed_in(office.clerk)
    assert "chưa có tài khoản nào" in words(client.get(come(client).url)), "a link only recognises again"
    assert sso_tie(office.clerk) is None
    assert client.post("/bao-mat/tai-khoan-tinh/").url == "/bao-mat/tai-khoan-tinh/"
    assert provinces.NAME in words(client.get("/bao-mat/tai-khoan-tinh/"))
    assert "Từ nay đăng nhập được bằng" in words(client.get(come(client).url))
    assert sso_tie(office.clerk).uid == "s-100"
    assert "Đã gỡ" in words(client.post("/bao-mat/tai-khoan-tinh/", {"act": "unlink"}, follow=True))
    assert sso_tie(office.clerk) is None


def test_a_tie_that_another_has_is_refused(office):
    tied(office.chief)
    client = signed_in(office.clerk)
    client.post("/bao-mat/tai-khoan-tinh/")
    assert "đã được gắn với người khác" in words(client.get(come(client).url))


def test_an_unattended_session_is_not_tied(office, enter):
    answer = enter(office.clerk).post("/bao-mat/tai-khoan-tinh/")
    assert answer.url.startswith("/mo-khoa/")


# a locked session


@pytest.fixture
def locked(office) -> Client:
    client = signed_in(tied(office.clerk))
    session = client.session
    session["shut"] = True
    session.save()
    assert client.get("/").url.startswith("/mo-khoa/")
    return client


def test_a_locked_session_is_opened_by_signing_in_there_anew(locked):
    assert provinces.NAME in words(locked.get("/mo-khoa/?next=/van-ban/"))
    leaving = locked.get(f"{START}?next=/van-ban/")
    asked = parse_qs(urlsplit(leaving.url).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert locked.get(there(leaving)).url == "/van-ban/"
    assert locked.get("/van-ban/").status_code == 200


def test_an_old_session_there_proves_nobodys_presence(locked):
    back = there(locked.get(START))
    session = locked.session
    for state in session[statekit.STATES_SESSION_KEY].values():
        state[0]["data"]["at"] = 4_000_000_000
    session.save()
    assert locked.get(back).url == "/mo-khoa/"
    assert locked.get("/").url.startswith("/mo-khoa/")


def test_somebody_else_does_not_open_it(locked, office):
    tied(office.chief, "s-200")
    assert come(locked, "s-200").url == "/mo-khoa/"
    assert locked.get("/").url.startswith("/mo-khoa/")


def test_what_was_typed_waits_while_one_signs_in_in_another_window(office, document):
    tied(office.officer)
    row = document.duties.all()[0]
    client = Client(enforce_csrf_checks=False)
    page = client.post(f"/van-ban/{document.pk}/dong/{row.pk}/", row_form(row, content="Nội dung đã gõ kỹ", act="save"))
    assert "ở cửa sổ mới" in words(page)
    sealed = page.context["kept"].sealed()
    assert kept.opened(sealed)
    come(client)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    offered = strict.post("/dang-nhap/", {"kept": sealed}, headers={"Origin": "http://testserver"})
    assert "Nội dung đã gõ kỹ" in words(offered)
    foreign = strict.post("/dang-nhap/", {"kept": sealed}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert "Nội dung đã gõ kỹ" not in words(foreign)
