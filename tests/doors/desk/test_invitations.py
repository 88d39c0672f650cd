"""Inviting people and coming in by an invitation, as it is done in the pages."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

import factories as make
from doors.desk.world import words
from factories import days, moment
from tiendo.foundation.accounts.actions import invitations
from tiendo.foundation.accounts.models import Invitation, User
from tiendo.foundation.organisations.models import Post

GOOD = "tre-xanh-song-hong-may-cay"
LOCMEM = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture
def keeper(office):
    return make.post("administrator", body=office.body, scope=office.root).user


@pytest.fixture
def client(keeper, enter):
    return enter(keeper)


def typed(office, **more):
    return {"full_name": "Đặng Thị Hồng", "organisation": office.science.pk, "role": "head",
            "starts": "01/03/2026"} | more  # fmt: skip


def link_in(text: str) -> str:
    return re.search(r"/loi-moi/[^\s<]+/", text)[0]


@pytest.fixture
def link(office, client):
    return link_in(client.post("/tai-khoan/moi/", typed(office)).content.decode())


def test_who_has_no_address_gets_a_link_that_is_shown_once(office, keeper, client):
    answer = client.post("/tai-khoan/moi/", typed(office))
    shown = words(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "dang.hong" in shown
    assert "Người đứng đầu, Sở Khoa học và Công nghệ" in shown
    link = link_in(answer.content.decode())
    listed = client.get("/tai-khoan/loi-moi/")
    assert "Đặng Thị Hồng" in words(listed)
    assert link not in listed.content.decode()
    page = Client().get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert f"{keeper.full_name} mời bạn vào làm việc" in words(page)
    assert "Người đứng đầu, Sở Khoa học và Công nghệ" in words(page)
    user = User.objects.get(username="dang.hong")
    assert "chờ nhận lời mời" in words(client.get(f"/tai-khoan/{user.pk}/"))
    assert "gửi lời mời tự đặt mật khẩu cho" in words(client.get(f"/tai-khoan/{user.pk}/"))


def test_one_chooses_a_password_and_is_in(office, link):
    guest = Client()
    for wrong in ({"password": GOOD, "again": "x"}, {"password": "123456", "again": "123456"}, {}):
        assert guest.post(link, wrong).status_code == 422 or not wrong
    done = guest.post(link, {"password": GOOD, "again": GOOD}, follow=True)
    assert done.redirect_chain == [("/", 302)]
    assert "Việc của tôi" in words(done)
    assert "Lần sau hãy đăng nhập bằng tên dang.hong" in words(done)
    again = Client().get(link)
    assert again.status_code == 410
    assert "Lời mời đã được dùng" in words(again)
    later = Client()
    later.post("/dang-nhap/", {"username": "dang.hong", "password": GOOD})
    assert later.get("/").status_code == 200


def test_who_decides_is_led_to_the_second_factor(office, link):
    make.policy("roles")
    done = Client().post(link, {"password": GOOD, "again": GOOD}, follow=True)
    assert done.redirect_chain[-1][0].startswith("/bao-mat/")


def test_from_outside_the_office_the_password_is_set_and_nobody_is_in(office, settings, link):
    from ipaddress import ip_network

    settings.OFFICE_NETWORKS = (ip_network("10.0.0.0/8"),)
    guest = Client(REMOTE_ADDR="203.0.113.9")
    done = guest.post(link, {"password": GOOD, "again": GOOD}, follow=True)
    assert "ở ngoài mạng của cơ quan" in words(done)
    assert guest.get("/").status_code == 302
    assert User.objects.get(username="dang.hong").check_password(GOOD)


def test_a_letter_goes_to_who_has_an_address_and_the_link_is_not_shown(office, settings, client):
    settings.MAILERS = LOCMEM
    done = client.post("/tai-khoan/moi/", typed(office, email="hong@vd.vn"), follow=True)
    assert "Đã gửi thư mời cho 1 người" in words(done)
    assert "/loi-moi/" not in done.content.decode().replace("/tai-khoan/loi-moi/", "").replace(
        f"/tai-khoan/{User.objects.get(username='dang.hong').pk}/loi-moi/", ""
    )
    (letter,) = mail.outbox
    assert letter.to == ["hong@vd.vn"]
    assert "dang.hong" in letter.body
    assert Client().get(link_in(letter.body)).status_code == 200


def test_where_no_letter_can_be_sent_the_link_is_shown(office, settings, client):
    settings.MAILERS = {}
    answer = client.post("/tai-khoan/moi/", typed(office, email="hong@vd.vn"))
    assert "Chưa gửi được thư đến hong@vd.vn" in words(answer)
    assert Client().get(link_in(answer.content.decode())).status_code == 200


def test_renewed_and_revoked(office, client, link):
    user = User.objects.get(username="dang.hong")
    renewed = link_in(client.post(f"/tai-khoan/{user.pk}/loi-moi/").content.decode())
    assert "đã bị thu hồi" in words(Client().get(link))
    assert Client().get(renewed).status_code == 200
    client.post(f"/tai-khoan/{user.pk}/loi-moi/", {"act": "revoke"})
    for method in ("get", "post"):
        assert getattr(Client(), method)(renewed, {"password": GOOD, "again": GOOD}).status_code == 410
    assert not User.objects.get(pk=user.pk).has_usable_password()
    assert "đã thu hồi" in words(client.get("/tai-khoan/loi-moi/"))


def test_one_that_ran_out_says_whom_to_ask(office, keeper, monkeypatch, link):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: moment(days(8)))
    answer = Client().get(link)
    assert answer.status_code == 410
    assert f"Hãy đề nghị {keeper.full_name} lập lời mời mới" in words(answer)


def test_guesses_are_counted(office, settings, link):
    settings.SIGN_IN_TRIES_ADDRESS = 3
    guest = Client()
    assert [guest.get(f"/loi-moi/1-{n}/").status_code for n in range(4)] == [404, 404, 404, 429]
    assert guest.get(link).status_code == 200, "who has a real one is not kept out"


def test_what_the_form_refuses(office, client):
    make.user(username="dang.hong")
    answer = client.post("/tai-khoan/moi/", typed(office, username="dang.hong"))
    assert answer.status_code == 422
    assert "đã có người dùng" in words(answer)
    for wrong in ({"role": ""}, {"organisation": office.elsewhere.pk}, {"email": "x"}, {"full_name": ""}):
        assert client.post("/tai-khoan/moi/", typed(office, **wrong)).status_code == 422
    assert not Invitation.objects.exists()
    assert not Post.objects.filter(user__full_name="Đặng Thị Hồng").exists()


def test_another_trees_invitations_are_not_ours(office, client):
    keeper = make.person("administrator", office.elsewhere)
    user = make.post("clerk", body=office.elsewhere).user
    user.set_unusable_password()
    user.save()
    invitations.issue(user=user, by=keeper, at=make.NOW)
    assert client.post(f"/tai-khoan/{user.pk}/loi-moi/").status_code == 404
    assert client.get("/tai-khoan/loi-moi/").context["rows"] == []
