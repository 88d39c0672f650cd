"""Coming in by an invitation, and working in one of several posts, as people click it; without scripts too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import factories as make
from accessible import looked_at
from tiendo.foundation.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "tre-xanh-song-hong-may-cay"


def test_an_invited_person_chooses_a_password_and_is_at_work(window, office):
    keeper = window(make.post("administrator", body=office.body, scope=office.root).user)
    keeper.goto("/tai-khoan/")
    keeper.get_by_role("link", name="Mời một người").click()
    keeper.get_by_label("Họ và tên").fill("Đặng Thị Hồng")
    keeper.get_by_label("Cơ quan (bắt buộc)").select_option(label="Sở Y tế")
    keeper.get_by_label("Vai trò").select_option("clerk")
    keeper.get_by_role("button", name="Lập lời mời").click()
    link = keeper.get_by_label("Mở địa chỉ này để tự đặt mật khẩu").input_value()
    assert looked_at(keeper).violations_count == 0
    guest = window(None, width=360)
    guest.goto(link)
    expect(guest.get_by_text("Văn thư, Sở Y tế")).to_be_visible()
    assert looked_at(guest).violations_count == 0
    guest.get_by_label("Mật khẩu của bạn").fill(OWN)
    guest.get_by_label("Nhập lại mật khẩu").fill(OWN)
    guest.get_by_role("button", name="Đặt mật khẩu và vào làm việc").click()
    expect(guest.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    assert User.objects.get(username="dang.hong").check_password(OWN)
    keeper.get_by_role("link", name="Đã chép xong").click()
    expect(keeper.get_by_text("Không có lời mời nào đang chờ.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_posts_are_switched_in_one_click_on_the_page_one_is_on(window, office, scripts):
    both = make.post("head", body=office.science).user
    make.post("clerk", body=office.health, who=both)
    page = window(both, java_script_enabled=scripts)
    page.goto("/co-quan/?sort=name")
    page.locator(".capacity summary").click()
    page.get_by_role("button", name="Sở Y tế").click()
    expect(page.locator(".capacity summary")).to_contain_text("Sở Y tế")
    expect(page.locator(".capacity summary")).not_to_contain_text(office.science.name)
    assert page.url.endswith("/co-quan/?sort=name")
    page.locator(".capacity summary").click()
    expect(page.locator(".capacity [aria-current]")).to_have_text("Sở Y tế")
    if scripts:
        assert looked_at(page).violations_count == 0
    page.get_by_role("button", name="mọi chức vụ").click()
    expect(page.locator(".capacity summary")).to_contain_text(office.science.name)


def test_a_page_opened_by_a_number_says_why_no_passkey_is_made(window, office, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = window(None)
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/dang-nhap/")
    expect(page.get_by_text("chỉ dùng được khi mở trang bằng tên miền")).to_be_visible()
    expect(page.get_by_role("button", name="Dùng khóa truy cập")).to_be_hidden()
    named = window(None)
    named.goto(live_server.url.replace("127.0.0.1", "localhost") + "/dang-nhap/")
    expect(named.get_by_text("chỉ dùng được khi mở trang bằng tên miền")).to_be_hidden()
    expect(named.get_by_role("button", name="Dùng khóa truy cập")).to_be_visible()
