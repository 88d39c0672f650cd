"""A password that somebody else chose is changed before anything else."""

from __future__ import annotations

import re

import pytest
from django.test import Client

import factories as make
from codes import recovery_codes, with_app
from doors.desk.world import row_form, words
from factories import NOW
from factories.foundation import PASSWORD
from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.models import User

GIVEN, OWN = "mua-xuan-chin-do", "gio-heo-may-ve-roi"


@pytest.fixture
def clerk(office) -> User:
    """Whose password an administrator has just reset."""
    users.set_password(user=office.clerk, password=GIVEN, by=office.who("administrator").actor, at=NOW)
    return office.clerk


def door(user: User, password: str = GIVEN, **more):
    client = Client()
    return client, client.post("/dang-nhap/", {"username": user.username, "password": password, **more})


def choose(client: Client, password: str = OWN, current: str = GIVEN, **more):
    return client.post("/mat-khau/", {"current": current, "password": password, "again": password, **more})


def test_it_is_changed_before_anything_else_and_then_no_more(clerk):
    client, entered = door(clerk, next="/van-ban/?q=a")
    assert entered.url == "/van-ban/?q=a"
    for path in ("/", "/co-quan/", "/bao-mat/", "/phien-dang-nhap/"):
        assert client.get(path).url.startswith("/mat-khau/?next="), path
    there = client.get("/van-ban/?q=a").url
    assert there == "/mat-khau/?next=%2Fvan-ban%2F%3Fq%3Da"
    page = client.get(there)
    assert "Đặt mật khẩu của riêng bạn" in words(page)
    assert "do người khác đặt" in words(page)
    assert "nav" not in page.context["desk"]
    asked = "/van-ban/?q=a"
    assert f'<input type="hidden" name="next" value="{asked}">' in page.content.decode()
    same = choose(client, GIVEN, next=asked)
    assert same.status_code == 422
    assert "phải khác mật khẩu hiện tại" in words(same)
    assert client.get("/").status_code == 302, "the given one does not stay"
    assert choose(client, next=asked).url == "/van-ban/?q=a"
    assert client.get("/van-ban/?q=a").status_code == 200
    again, _ = door(clerk, OWN)
    page = again.get("/mat-khau/")
    assert "do người khác đặt" not in words(page)
    assert again.get("/").status_code == 200


def test_a_new_account_begins_so(office, enter):
    keeper = enter(office.who("administrator"))
    person = {"username": "moi", "full_name": "Người Mới", "password": GIVEN, "again": GIVEN}
    post = {"organisation": office.body.pk, "role": "clerk", "starts": "01/01/2024"}
    added = keeper.post("/tai-khoan/them/", person | post)
    assert added.status_code == 302
    assert "phải đổi ở lần đăng nhập đầu" in words(keeper.get("/tai-khoan/them/"))
    assert "chưa đổi mật khẩu được cấp" in words(keeper.get(added.url))
    client, _ = door(User.objects.get(username="moi"))
    assert client.get("/").url.startswith("/mat-khau/")
    choose(client)
    assert "chưa đổi mật khẩu được cấp" not in words(keeper.get(added.url))


def test_first_the_password_then_the_second_factor(office, clerk):
    make.policy("all")
    client, _ = door(clerk)
    assert client.get("/").url.startswith("/mat-khau/")
    assert choose(client).status_code == 302
    assert client.get("/").url == "/bao-mat/"


def test_after_a_second_step_too(clerk):
    with_app(clerk, NOW)
    client, _ = door(clerk)
    client.post("/dang-nhap/buoc-hai/", {"otp": recovery_codes(clerk)[0]})
    assert client.get("/").url.startswith("/mat-khau/")


def test_what_was_typed_waits_meanwhile(office, document):
    officer, row = office.officer, document.duties.all()[0]
    users.set_password(user=officer, password=GIVEN, by="user:9", at=NOW)
    there = f"/van-ban/{document.pk}/dong/{row.pk}/"
    client = Client()
    page = client.post(there, row_form(row, content="Nội dung đã gõ kỹ"))
    sealed = re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]
    held = client.post("/dang-nhap/", {"username": officer.username, "password": GIVEN, "kept": sealed})
    assert held.status_code == 403
    assert "Nội dung đã gõ kỹ" in words(held)
    assert "Đặt mật khẩu ở cửa sổ mới" in words(held)
    assert f'action="{there}"' in held.content.decode()
    assert client.post(there, row_form(row), headers={"HX-Request": "true"}).status_code == 403
    assert client.get("/van-ban/", headers={"HX-Request": "true"}).headers["HX-Redirect"].startswith("/mat-khau/")


def test_nobody_elses_password_is_asked_for(office):
    client, _ = door(office.clerk, PASSWORD)
    assert client.get("/").status_code == 200
    page = client.get("/mat-khau/")
    assert "Đổi mật khẩu" in words(page)
    assert choose(client, current=PASSWORD, next="/van-ban/").url == "/bao-mat/"
