"""The pages of signing in, on a wide screen and a phone: they fit, are silent, keep the rules of accessibility."""

from __future__ import annotations

import pytest

import factories as make
import provinces
from accessible import looked_at, width_of
from codes import with_app
from factories import NOW
from factories.foundation import PASSWORD
from tiendo.foundation.accounts.actions import sessions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN = tuple(f"/bao-mat/{page}" for page in ("", "ung-dung/", "khoa-truy-cap/", "ma-du-phong/", "tai-khoan-tinh/"))
STRANGERS = ("/dang-nhap/", "/dang-nhap/mot-lan/ve/?state=x")


@pytest.fixture
def fresh(window):
    """A window in which its person was recognised a moment ago."""

    def opened(user, **more):
        page = window(user, **more)
        page.goto("/mo-khoa/")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Tiếp tục").click()
        page.wait_for_url(lambda url: not url.endswith("/mo-khoa/"))
        return page

    return opened


def look(page, path: str, width: int, status: int = 200) -> None:
    assert page.goto(path).status == status, path
    for details in page.locator("details").all():
        details.evaluate("one => { one.open = true }")
    assert width_of(page) <= width, path
    results = looked_at(page)
    assert results.violations_count == 0, f"{path}\n{results.generate_report()}"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_pages_of_signing_in(window, fresh, office, settings, width, scheme):
    with provinces.running(settings):
        with_app(office.clerk, NOW)
        sessions.open_session(user=office.clerk, key="k", address="10.1.2.3", agent="", how="password", at=NOW)
        stranger = window(None, width=width, color_scheme=scheme)
        for path in STRANGERS:
            look(stranger, path, width, 200 if path == "/dang-nhap/" else 422)
        page = fresh(office.clerk, width=width, color_scheme=scheme)
        for path in (*OWN, "/phien-dang-nhap/", "/mo-khoa/"):
            look(page, path, width)
        assert page.complaints == []
        keeper = window(office.who("administrator"), width=width, color_scheme=scheme)
        look(keeper, f"/tai-khoan/{office.clerk.pk}/", width)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_that_leads_to_a_second_factor(window, office, width):
    make.policy("all")
    page = window(None, width=width)
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(office.clerk.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/bao-mat/")
    look(page, "/bao-mat/", width)
