"""The administrator helps people in: slips, lost devices, sessions, the name at the province's sign-on."""

from __future__ import annotations

import pytest
from django.test import Client

from codes import with_app
from doors.desk.world import words
from factories import NOW
from factories.foundation import PASSWORD
from tiendo.config.environment import Sso
from tiendo.doors.desk.session import gate
from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.queries import has_factor
from tiendo.foundation.audit.models import Event


@pytest.fixture
def keeper(office, enter):
    """An administrator who came in a moment ago."""
    client = enter(office.who("administrator"))
    session = client.session
    session[gate.PROVED] = NOW.timestamp()
    session.save()
    return client


def sign_in(user: User, password: str = PASSWORD):
    return Client().post("/dang-nhap/", {"username": user.username, "password": password})


def act(client: Client, user: User, what: str, **more):
    return client.post(f"/tai-khoan/{user.pk}/dang-nhap/", {"act": what}, **more)


def last() -> tuple[str, str]:
    event = Event.objects.last()
    return event.verb, event.subject


def test_after_too_many_slips_one_need_not_wait(office, keeper):
    for _ in range(5):
        sign_in(office.clerk, "khong-phai")
    assert sign_in(office.clerk).status_code == 429
    assert "đăng nhập lại được ngay" in words(act(keeper, office.clerk, "tries", follow=True))
    assert last() == ("accounts.session.tries_forgotten", f"accounts.user:{office.clerk.pk}")
    assert sign_in(office.clerk).status_code == 302


def test_who_is_locked_out_is_seen_and_let_in(office, keeper):
    there = f"/tai-khoan/{office.clerk.pk}/"
    for _ in range(4):
        sign_in(office.clerk, "khong-phai")
    assert "nhập sai quá nhiều lần" not in words(keeper.get(there))
    sign_in(office.clerk, "khong-phai")
    page = words(keeper.get(there))
    assert "đến 09:45 02/03/2026 không đăng nhập" in page
    assert "Cho đăng nhập lại ngay" in page
    act(keeper, office.clerk, "tries")
    assert "nhập sai quá nhiều lần" not in words(keeper.get(there))


def test_wrong_codes_lock_out_too_and_ones_own_lock_is_seen(office, keeper):
    own = office.who("administrator")
    for _ in range(5):
        throttle.take(username=own.username, address="203.0.113.9", at=NOW, step=throttle.CODE)
    there = f"/tai-khoan/{own.pk}/"
    assert "Cho đăng nhập lại ngay" in words(keeper.get(there))
    act(keeper, own, "tries")
    assert "Cho đăng nhập lại ngay" not in words(keeper.get(there))


def test_who_lost_the_device_starts_anew(office, keeper):
    with_app(office.clerk, NOW)
    page = words(keeper.get(f"/tai-khoan/{office.clerk.pk}/"))
    assert "có 1 cách" in page
    assert "Gỡ bước xác thực thứ hai" in page
    shown = words(act(keeper, office.clerk, "reset", follow=True))
    assert "gỡ mọi bước xác thực thứ hai của người mất thiết bị" in shown
    assert not has_factor(office.clerk)
    assert sign_in(office.clerk).url == "/"


def test_only_an_administrator_who_was_recognised_lately_takes_a_factor_off(office, enter):
    with_app(office.clerk, NOW)
    answer = act(enter(office.who("administrator")), office.clerk, "reset")
    assert answer.url == f"/mo-khoa/?next=%2Ftai-khoan%2F{office.clerk.pk}%2F"
    assert has_factor(office.clerk)


def test_nobody_takes_their_own_off_this_way(office, keeper):
    user = office.who("administrator")
    with_app(user, NOW)
    assert act(keeper, user, "reset").status_code == 403
    assert has_factor(user)


def test_sessions_of_another_are_ended(office, keeper):
    theirs = Client()
    theirs.post("/dang-nhap/", {"username": office.clerk.username, "password": PASSWORD})
    assert "1 phiên đang mở" in words(keeper.get(f"/tai-khoan/{office.clerk.pk}/"))
    act(keeper, office.clerk, "end")
    assert theirs.get("/").status_code == 302
    assert last() == ("accounts.session.ended", f"accounts.user:{office.clerk.pk}")


def test_whom_another_administrator_keeps_is_not_there(office, keeper):
    foreign = office.who("clerk", office.elsewhere)
    with_app(foreign, NOW)
    for what in ("tries", "reset", "end"):
        assert act(keeper, foreign, what).status_code == 404
    assert has_factor(foreign)


def test_the_name_at_the_province_is_written_down(office, keeper, settings):
    there = f"/tai-khoan/{office.clerk.pk}/tai-khoan-tinh/"
    assert keeper.post(there, {"sso_name": "binh.nt"}).status_code == 404
    assert "Tài khoản của tỉnh" not in words(keeper.get(f"/tai-khoan/{office.clerk.pk}/"))
    settings.SSO = Sso("https://sso.example.vn", "tiendo", "", "Tài khoản của tỉnh", "sub", create=False, strong=False)
    assert "Tài khoản của tỉnh chưa gắn" in words(keeper.get(f"/tai-khoan/{office.clerk.pk}/"))
    assert "Đã lưu" in words(keeper.post(there, {"sso_name": " binh.nt "}, follow=True))
    assert User.objects.get(pk=office.clerk.pk).sso_name == "binh.nt"
    other = f"/tai-khoan/{office.officer.pk}/tai-khoan-tinh/"
    assert "đã được gắn với người khác" in words(keeper.post(other, {"sso_name": "binh.nt"}, follow=True))


def test_an_act_nobody_knows_does_nothing(office, keeper):
    clerk, before = office.clerk, Event.objects.count()
    assert act(keeper, clerk, "khac").status_code == 302
    assert Event.objects.count() == before
