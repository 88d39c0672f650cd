"""The administrator's pages, one's own password, the audit's questions, and what was typed when a session had ended."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import factories as make
from accessible import looked_at, width_of
from doors.desk.world import waiting_document
from factories.foundation import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(office):
    """Who opens what."""
    keeper = office.who("administrator")
    inspector = make.post("inspector", body=office.science, scope=office.root).user
    shown = [f"/tai-khoan/{inspector.pk}/", "/tai-khoan/", "/tai-khoan/?state=left", "/tai-khoan/them/", "/mat-khau/"]
    asked = ["/nhat-ky/", "/nhat-ky/?since=31/02/2026&about=x", f"/co-quan/{office.science.pk}/"]
    return [(keeper, shown), (inspector, asked)]


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_fit_and_are_silent(window, places, width):
    for who, paths in places:
        page = window(who, width=width)
        for path in paths:
            assert page.goto(path).status == 200, path
            for details in page.locator("details").all():
                details.evaluate("one => { one.open = true }")
            assert width_of(page) <= width, path
            assert page.complaints == [], path


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_accessibility_rules(window, places, width, scheme):
    for who, paths in places:
        page = window(who, width=width, color_scheme=scheme)
        for path in paths:
            page.goto(path)
            for details in page.locator("details").all():
                details.evaluate("one => { one.open = true }")
            results = looked_at(page)
            assert results.violations_count == 0, f"{path}\n{results.generate_report()}"


def test_what_was_typed_is_sent_again_after_signing_in(window, office):
    document = waiting_document(office)
    row = document.duties.all()[0]
    page = window(office.officer, width=360)
    page.goto(f"/van-ban/{document.pk}/dong/?row={row.pk}")
    page.get_by_label("Nội dung nhiệm vụ").fill("Ban hành kế hoạch chuyển đổi số của tỉnh")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lưu sửa đổi").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa được lưu")
    assert looked_at(page).violations_count == 0
    page.get_by_label("Tên đăng nhập").fill(office.officer.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_label("Nội dung đã gõ (1)")).to_have_value("Ban hành kế hoạch chuyển đổi số của tỉnh")
    assert looked_at(page).violations_count == 0
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url("**/dong/?row=*")
    row.refresh_from_db()
    assert row.content == "Ban hành kế hoạch chuyển đổi số của tỉnh"


def test_a_page_of_an_earlier_session_is_sent_again_too(window, office):
    document = waiting_document(office)
    row = document.duties.all()[0]
    page = window(office.officer)
    page.goto(f"/van-ban/{document.pk}/dong/?row={row.pk}")
    page.get_by_label("Nội dung nhiệm vụ").fill("Nội dung gõ ở trang đã cũ")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Lưu sửa đổi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trang đã cũ")
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url("**/dong/?row=*")
    row.refresh_from_db()
    assert row.content == "Nội dung gõ ở trang đã cũ"
