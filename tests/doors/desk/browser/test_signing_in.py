"""Signing in as people do it: codes of a phone, a passkey of the machine, the province's sign-on, a locked screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

import provinces
from accessible import looked_at
from codes import recovery_codes, shown, with_app
from doors.desk.world import waiting_document
from factories import NOW
from factories.foundation import PASSWORD
from tiendo.foundation.accounts.actions import identities, policy
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.queries import factors_of, sso_tie
from tiendo.foundation.audit.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
TAPPED = {"isUserVerified": True, "automaticPresenceSimulation": True}


def come_in(page: Page, user: User) -> None:
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def machine_with_keys(page: Page) -> None:
    """Chromium's own authenticator, which says yes as a finger on the sensor would."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | TAPPED})


def here(page: Page, path: str) -> None:
    page.wait_for_url(lambda url: url.split("?")[0].endswith(f"{page.context.base}{path}"))


@pytest.fixture
def opened(window, live_server) -> Callable[..., Page]:
    def page(user: User | None = None, **more: object) -> Page:
        made = window(user, **more)
        made.context.base = live_server.url
        return made

    return page


# codes of a phone


def test_who_decides_sets_up_an_app_and_comes_in_with_it(opened, office):
    policy.set_second_factor(wanted="roles", by="shell:test", at=NOW)
    page = opened(width=360)
    come_in(page, office.chief)
    here(page, "/bao-mat/")
    expect(page.get_by_role("alert")).to_contain_text("cần bước xác thực thứ hai")
    page.get_by_role("link", name="Dùng ứng dụng mã xác thực").click()
    page.get_by_text("Không quét được?").click()
    secret = page.locator(".code-text").inner_text().replace(" ", "")
    page.get_by_label("Mã xác thực").fill(shown(secret))
    page.get_by_role("button", name="Xác nhận").click()
    here(page, "/bao-mat/ma-du-phong/")
    code = page.locator(".code-list li").first.inner_text()
    page.get_by_role("button", name="Tôi đã cất mã").click()
    expect(page.get_by_text("Còn 10 mã")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    come_in(page, office.chief)
    here(page, "/dang-nhap/buoc-hai/")
    assert looked_at(page).violations_count == 0
    page.get_by_label("Mã xác thực").fill("000000")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_contain_text("Mã chưa đúng")
    page.get_by_label("Mã xác thực").fill(code)
    page.get_by_role("button", name="Tiếp tục").click()
    here(page, "/")
    expect(page.get_by_text("vừa dùng một mã dự phòng")).to_be_visible()


# a passkey


def test_a_passkey_is_made_and_opens_without_a_password(opened, office):
    page = opened()
    machine_with_keys(page)
    come_in(page, office.clerk)
    page.get_by_role("link", name=office.clerk.full_name).click()
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    page.get_by_label("Tên của khóa").fill("Máy ở phòng văn thư")
    page.get_by_role("button", name="Tạo khóa").click()
    here(page, "/bao-mat/ma-du-phong/")
    page.get_by_role("button", name="Tôi đã cất mã").click()
    expect(page.get_by_role("rowheader", name="Máy ở phòng văn thư")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    here(page, "/")
    assert Event.objects.filter(verb="accounts.session.opened").last().data == {"how": "passkey"}
    # the password asks for the key as a second step
    page.get_by_role("button", name="Đăng xuất").click()
    come_in(page, office.clerk)
    here(page, "/dang-nhap/buoc-hai/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    here(page, "/")
    assert Event.objects.filter(verb="accounts.session.opened").last().data == {"how": "password+passkey"}
    assert factors_of(office.clerk)[0].last_used_at == NOW
    assert page.complaints == []


def test_a_machine_without_a_key_of_ours_says_what_else_there_is(opened, office):
    page = opened()
    machine_with_keys(page)
    page.goto("/dang-nhap/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy thử lại hoặc dùng cách khác")


def test_without_scripts_nothing_of_passkeys_is_offered(opened, office):
    page = opened(java_script_enabled=False)
    come_in(page, office.clerk)
    here(page, "/")
    page.goto("/bao-mat/khoa-truy-cap/")
    expect(page.get_by_text("Trình duyệt này chưa dùng được khóa truy cập")).to_be_visible()
    expect(page.get_by_role("button", name="Tạo khóa")).to_be_hidden()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("button", name="Dùng khóa truy cập")).to_be_hidden()


# a locked screen


def test_after_a_pause_one_is_asked_and_what_was_typed_is_kept(opened, office, monkeypatch):
    document = waiting_document(office)
    row = document.duties.all()[0]
    page = opened()
    come_in(page, office.officer)
    here(page, "/")
    page.goto(f"/van-ban/{document.pk}/dong/?row={row.pk}")
    page.get_by_label("Nội dung nhiệm vụ").fill("Ban hành kế hoạch gõ trước giờ nghỉ trưa")
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=50))
    page.get_by_role("button", name="Lưu sửa đổi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác nhận chính bạn")
    expect(page.get_by_role("alert")).to_contain_text("đang khóa")
    assert looked_at(page).violations_count == 0
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_label("Nội dung đã gõ (1)")).to_have_value("Ban hành kế hoạch gõ trước giờ nghỉ trưa")
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url("**/dong/?row=*")
    row.refresh_from_db()
    assert row.content == "Ban hành kế hoạch gõ trước giờ nghỉ trưa"


def test_another_session_is_seen_and_ended(opened, office):
    here_page, elsewhere = opened(), opened(width=360)
    for page in (here_page, elsewhere):
        come_in(page, office.clerk)
        here(page, "/")
    here_page.goto("/phien-dang-nhap/")
    here_page.get_by_role("button", name="Kết thúc Chrome").click()
    expect(here_page.get_by_text("Đã kết thúc 1 phiên")).to_be_visible()
    elsewhere.goto("/van-ban/")
    here(elsewhere, "/dang-nhap/")


# the province's own sign-on


@pytest.fixture
def provider(settings) -> Iterator[str]:
    """With a page of its own on which one signs in."""
    with provinces.running(settings) as issuer:
        yield issuer


def there(page: Page, issuer: str, subject: str = "s-100") -> None:
    """Sign in at the provider."""
    page.wait_for_url(f"{issuer}/**")
    page.locator("input[name=sub]").fill(subject)
    page.locator("form", has=page.locator("input[name=sub]:visible")).get_by_role("button").first.click()


def test_one_ties_the_account_and_comes_in_by_the_province(opened, office, provider):
    page = opened(width=360)
    come_in(page, office.clerk)
    page.goto("/bao-mat/")
    page.get_by_role("button", name="Gắn tài khoản").click()
    page.get_by_role("link", name="Tiếp tục").click()
    there(page, provider)
    here(page, "/bao-mat/")
    expect(page.get_by_text("Đã gắn: đăng nhập được bằng")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    assert looked_at(page).violations_count == 0
    page.goto("/van-ban/")
    page.get_by_role("link", name=provinces.NAME).click()
    there(page, provider)
    here(page, "/van-ban/")
    assert sso_tie(office.clerk).uid == "s-100"
    assert Event.objects.filter(verb="accounts.session.opened").last().data == {"how": "sso"}


def test_whom_nobody_tied_is_told_so(opened, office, provider):
    page = opened()
    page.goto("/dang-nhap/")
    page.get_by_role("link", name=provinces.NAME).click()
    there(page, provider)
    expect(page.get_by_role("alert")).to_contain_text("chưa có tài khoản nào ở đây gắn với người đó")


def test_whom_the_administrator_named_comes_in_and_still_shows_a_second_factor(opened, office, provider):
    with_app(office.chief, NOW)
    identities.set_name(user=office.chief, name="an.tv", by="user:9", at=NOW)
    page = opened()
    page.goto("/dang-nhap/")
    page.get_by_role("link", name=provinces.NAME).click()
    there(page, provider, "s-200")
    here(page, "/dang-nhap/buoc-hai/")
    page.get_by_label("Mã xác thực").fill(recovery_codes(office.chief)[0])
    page.get_by_role("button", name="Tiếp tục").click()
    here(page, "/")
    assert Event.objects.filter(verb="accounts.session.opened").last().data == {"how": "sso+recovery_codes"}
