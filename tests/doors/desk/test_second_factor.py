"""A second factor: at the door, set up by oneself, demanded by a role, from outside the office."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import factories as make
from codes import recovery_codes, secret_of, shown, with_app
from doors.desk.world import row_form, words
from factories import NOW, TODAY
from factories.foundation import PASSWORD
from tiendo.foundation.accounts.actions import factors
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.queries import codes_of, factors_of
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Post


def door(client: Client, user: User, **more):
    return client.post("/dang-nhap/", {"username": user.username, "password": PASSWORD, **more})


def step(client: Client, code: str, **more):
    return client.post("/dang-nhap/buoc-hai/", {"otp": code, **more})


def signed_in_by(user: User) -> Client:
    """One who has an app, with a recovery code."""
    client = Client()
    door(client, user)
    assert step(client, recovery_codes(user)[0]).status_code == 302
    return client


def signed_in(user: User) -> Client:
    """Through the door, so that the session knows when its person was recognised."""
    client = Client()
    assert door(client, user).status_code == 302
    return client


# at the door


def test_the_password_alone_does_not_open(office):
    secret = with_app(office.clerk, NOW)
    client = Client()
    answer = door(client, office.clerk, next="/co-quan/")
    assert answer.url == "/dang-nhap/buoc-hai/"
    assert client.get("/").status_code == 302, "nobody is in yet"
    page = client.get("/dang-nhap/buoc-hai/")
    assert "6 chữ số" in words(page)
    assert office.clerk.full_name not in words(page)
    refused = step(client, "12")
    assert refused.status_code == 422
    assert "Mã chưa đúng" in words(refused)
    assert step(client, shown(secret)).url == "/co-quan/"
    assert client.get("/").status_code == 200
    assert Event.objects.filter(verb="accounts.session.opened").get().data == {"how": "password+totp"}


def test_a_recovery_code_opens_once_and_says_so(office):
    with_app(office.clerk, NOW)
    code = recovery_codes(office.clerk)[0]
    client = Client()
    door(client, office.clerk)
    assert step(client, code).url == "/"
    assert "vừa dùng một mã dự phòng" in words(client.get("/"))
    another = Client()
    door(another, office.clerk)
    assert step(another, code).status_code == 422


def test_after_five_wrong_codes_one_waits(office):
    secret = with_app(office.clerk, NOW)
    client = Client()
    door(client, office.clerk)
    for _ in range(5):
        assert step(client, "1").status_code == 422
    answer = step(client, shown(secret))
    assert answer.status_code == 429
    assert "Hãy thử lại từ 09:45" in words(answer)


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_password_before_there_is_no_second_step(db, method):
    answer = getattr(Client(), method)("/dang-nhap/buoc-hai/", {"otp": "1"})
    assert answer.status_code in {302, 422}
    assert "desk/session/second_step.html" not in [template.name for template in answer.templates]


def test_the_second_step_is_taken_within_ten_minutes_by_one_who_is_still_there(office):
    secret = with_app(office.clerk, NOW)
    client = Client()
    door(client, office.clerk)
    session = client.session
    session["pending"] = session["pending"] | {"at": NOW.timestamp() - 600}
    session.save()
    assert "Đã quá 10 phút" in words(step(client, shown(secret)))
    door(client, office.clerk)
    User.objects.filter(pk=office.clerk.pk).update(is_active=False)
    assert step(client, shown(secret)).status_code == 422


def test_what_was_typed_goes_through_both_steps(office, document):
    row = document.duties.all()[0]
    secret = with_app(office.officer, NOW)
    client = Client()
    page = client.post(f"/van-ban/{document.pk}/dong/{row.pk}/", row_form(row, content="Nội dung đã gõ kỹ", act="save"))
    for _ in range(2):
        sealed = re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]
        page = (
            door(client, office.officer, kept=sealed)
            if "username" in page.content.decode()
            else step(client, shown(secret), kept=sealed)
        )
        assert "Nội dung đã gõ kỹ" in words(page) or 'name="kept"' in page.content.decode()
    assert "Gửi lại" in words(page)
    assert "Nội dung đã gõ kỹ" in words(page)


# setting it up


def test_setting_up_an_app_ends_with_codes_that_are_put_away(office):
    client = signed_in(office.clerk)
    assert "Chưa có." in words(client.get("/bao-mat/"))
    page = client.get("/bao-mat/ung-dung/")
    assert "<svg" in page.content.decode()
    secret = client.session["app_secret"]
    assert client.post("/bao-mat/ung-dung/", {"otp": "1"}).status_code == 422
    assert client.session["app_secret"] == secret, "a slip does not change what the phone has read"
    assert client.post("/bao-mat/ung-dung/", {"otp": shown(secret)}).url == "/bao-mat/ma-du-phong/"
    assert secret_of(office.clerk) == secret
    listed = words(client.get("/bao-mat/ma-du-phong/"))
    code = recovery_codes(office.clerk)[0]
    assert f"{code[:4]} {code[4:]}" in listed
    assert client.post("/bao-mat/ma-du-phong/", {"act": "noted"}).url == "/bao-mat/"
    assert client.get("/bao-mat/ma-du-phong/").url == "/bao-mat/"
    assert "Còn 10 mã" in words(client.get("/bao-mat/"))
    assert client.post("/bao-mat/ma-du-phong/").url == "/bao-mat/ma-du-phong/"
    assert code not in codes_of(office.clerk).get_unused_codes()


@pytest.mark.parametrize("path", ["ung-dung/", "khoa-truy-cap/", "ma-du-phong/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unattended_session_changes_nothing(office, enter, path, method):
    with_app(office.clerk, NOW)
    client = enter(office.clerk)
    before = recovery_codes(office.clerk)
    answer = getattr(client, method)(f"/bao-mat/{path}", {"otp": "1", "name": "a", "credential": "{}"})
    assert answer.url.startswith("/mo-khoa/?next=%2Fbao-mat%2F")
    [app] = factors_of(office.clerk)
    assert client.post(f"/bao-mat/go/{app.pk}/").url.startswith("/mo-khoa/")
    assert factors_of(office.clerk) == [app]
    assert recovery_codes(office.clerk) == before
    opened = client.post("/mo-khoa/", {"password": PASSWORD, "next": f"/bao-mat/{path}"})
    assert opened.url == f"/bao-mat/{path}"
    assert client.post(f"/bao-mat/go/{app.pk}/").url == "/bao-mat/"
    assert factors_of(office.clerk) == []


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "{", '{"id": 7}', "[" * 2000, '{"response": []}', "\ud800"])
def test_made_up_passkeys_are_refused(office, answer):
    client = signed_in(office.clerk)
    client.get("/bao-mat/khoa-truy-cap/")
    page = client.post(
        "/bao-mat/khoa-truy-cap/", {"name": "Máy", "credential": answer.encode("utf-8", "replace").decode()}
    )
    assert page.status_code == 422
    assert "Khóa truy cập không được chấp nhận" in words(page)
    stranger = Client()
    assert stranger.get("/dang-nhap/khoa-truy-cap/tham-so/").json()["publicKey"]["userVerification"] == "required"
    refused = stranger.post("/dang-nhap/khoa-truy-cap/", {"credential": answer.encode("utf-8", "replace").decode()})
    assert refused.status_code == 422
    assert stranger.get("/").status_code == 302


def test_another_persons_factor_is_not_there(office):
    with_app(office.chief, NOW)
    [app] = factors_of(office.chief)
    client = signed_in(office.clerk)
    assert "không còn nữa" in words(client.post(f"/bao-mat/go/{app.pk}/", follow=True))
    assert factors_of(office.chief) == [app]


def test_the_page_asks_as_often_for_many_factors(office, django_assert_max_num_queries):
    with_app(office.clerk, NOW)
    client = signed_in_by(office.clerk)
    with django_assert_max_num_queries(13):
        assert client.get("/bao-mat/").status_code == 200
    credential = {"response": {}}
    for number in range(5):
        factors.add_passkey(user=office.clerk, name=f"Khóa {number}", credential=credential, at=NOW)
    with django_assert_max_num_queries(13):
        assert "Khóa 4" in words(client.get("/bao-mat/"))


# demanded


def test_who_decides_is_led_to_set_one_up_and_nowhere_else(office):
    make.policy("roles")
    client = signed_in(office.chief)
    for path in ("/", "/van-ban/", "/phien-dang-nhap/"):
        assert client.get(path).url == "/bao-mat/", path
    page = client.get("/bao-mat/")
    assert "Vai trò của bạn cần bước xác thực thứ hai" in words(page)
    assert "nav" not in page.context["desk"]
    client.get("/bao-mat/ung-dung/")
    client.post("/bao-mat/ung-dung/", {"otp": shown(client.session["app_secret"])})
    assert client.get("/").status_code == 200
    [app] = factors_of(office.chief)
    assert "Hãy thêm cách khác trước khi gỡ" in words(client.post(f"/bao-mat/go/{app.pk}/", follow=True))


def test_who_set_it_up_elsewhere_signs_in_again(office):
    make.policy("roles")
    client = signed_in(office.chief)
    with_app(office.chief, NOW)
    assert client.get("/").url == "/bao-mat/"
    assert "Bạn đã thiết lập ở máy khác" in words(client.get("/bao-mat/"))


@pytest.mark.parametrize("begins", ["role", "deputy", "policy"])
def test_who_comes_to_decide_while_signed_in_sets_one_up_before_going_on(office, begins):
    if begins != "policy":
        make.policy("roles")
    who = office.chief if begins == "policy" else office.clerk
    client = signed_in(who)
    assert client.get("/").status_code == 200
    if begins == "role":
        make.post("head", body=office.science, who=who)
    elif begins == "deputy":
        make.absence(make.post("office_head", body=office.body), deputy=who)
    else:
        make.policy("roles")
    assert client.get("/van-ban/").url == "/bao-mat/"
    assert "Vai trò của bạn cần bước xác thực thứ hai" in words(client.get("/bao-mat/"))
    client.get("/bao-mat/ung-dung/")
    client.post("/bao-mat/ung-dung/", {"otp": shown(client.session["app_secret"])})
    assert client.get("/van-ban/").status_code == 200


def test_a_role_that_decides_no_more_opens_the_pages_again(office):
    make.policy("roles")
    client = signed_in(office.chief)
    assert client.get("/").url == "/bao-mat/"
    Post.objects.filter(user=office.chief).update(ends=TODAY - timedelta(days=1))
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("wanted", ["off", "roles", "all"])
def test_whether_it_is_wanted_costs_no_query(office, wanted):
    who = office.clerk
    make.policy(wanted)
    if wanted == "all":
        with_app(who, NOW)
        client = signed_in_by(who)
    else:
        client = signed_in(who)
    client.get("/thong-bao/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/thong-bao/").status_code == 200
    policies = [one["sql"] for one in asked if "accounts_policy" in one["sql"]]
    assert ["accounts_user" in sql for sql in policies] == [True], "it comes with the person"
    assert not [one for one in asked if "mfa_authenticator" in one["sql"]]
    assert sum('FROM "organisations_post"' in one["sql"] for one in asked) == 1, "rights are read once"


def test_who_does_not_decide_is_not_asked_and_nobody_where_the_office_does_not_want_it(office, settings):
    assert signed_in(office.chief).get("/").status_code == 200
    make.policy("roles")
    assert signed_in(office.clerk).get("/").status_code == 200
    settings.SECOND_FACTOR = "off"
    assert signed_in(office.chief).get("/").status_code == 200


def test_what_is_sent_before_it_is_set_up_is_not_done_and_not_lost(office, document):
    make.policy("all")
    row = document.duties.all()[0]
    client = signed_in(office.officer)
    there = f"/van-ban/{document.pk}/dong/{row.pk}/"
    page = client.post(there, row_form(row, content="Nội dung đã gõ kỹ", act="save"))
    assert page.status_code == 403
    assert "Nội dung đã gõ kỹ" in words(page)
    assert f'action="{there}"' in page.content.decode()
    row.refresh_from_db()
    assert row.content != "Nội dung đã gõ kỹ"
    assert client.post(there, row_form(row, act="save"), headers={"HX-Request": "true"}).status_code == 403


# from outside


@pytest.fixture
def outside(settings):
    settings.OFFICE_NETWORKS = ["10.0.0.0/8"]
    return {"REMOTE_ADDR": "198.51.100.9"}


def test_from_outside_a_password_alone_is_refused(office, outside):
    client = Client(**outside)
    answer = door(client, office.clerk)
    assert answer.status_code == 403
    assert "ngoài mạng của cơ quan" in words(answer)
    assert client.get("/").status_code == 302
    assert Event.objects.last().data == {"how": "outside"}
    assert door(Client(REMOTE_ADDR="10.2.3.4"), office.clerk).status_code == 302


def test_from_outside_two_factors_open(office, outside):
    secret = with_app(office.clerk, NOW)
    client = Client(**outside)
    door(client, office.clerk)
    assert step(client, shown(secret)).url == "/"
    assert client.get("/").status_code == 200


def test_a_session_that_is_carried_outside_asks_for_the_second_factor(office, outside):
    inside = Client(REMOTE_ADDR="10.2.3.4")
    door(inside, office.clerk)
    assert inside.get("/").status_code == 200
    away = inside.get("/van-ban/", **outside)
    assert away.url == "/mo-khoa/?next=%2Fvan-ban%2F"
    assert "chưa có bước xác thực thứ hai" in words(inside.get("/mo-khoa/", **outside))
    secret = with_app(office.clerk, NOW)
    assert "Mã xác thực" in words(inside.get("/mo-khoa/", **outside))
    assert inside.post("/mo-khoa/", {"password": PASSWORD}, **outside).status_code == 422, "the password is not enough"
    assert inside.post("/mo-khoa/", {"otp": "", "next": "/"}, **outside).status_code == 422
    assert inside.post("/mo-khoa/", {"otp": shown(secret), "next": "/van-ban/"}, **outside).url == "/van-ban/"
    assert inside.get("/van-ban/", **outside).status_code == 200


# what allauth would show


def test_no_page_of_allauth_has_an_address():
    from django.urls import get_resolver

    assert not [each for each in get_resolver().url_patterns[0].url_patterns if "allauth" in each.callback.__module__]
    for path in ("/accounts/login/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/oidc/sso/login/"):
        assert Client().get(path).status_code == 404


def test_the_secret_key_was_lost(office, settings):
    client = signed_in(office.clerk)
    with_app(office.clerk, NOW)
    kept, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 4
    page = Client()
    door(page, office.clerk)
    answer = step(page, "123456")
    assert answer.status_code == 422
    assert "Khóa bí mật của hệ thống đã đổi" in words(answer)
    settings.SECRET_KEY = kept
    assert client.get("/").status_code == 200
