"""Plans below a programme and a document that changes it, by clicks alone, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import factories as make
from accessible import fits
from doors.desk.world import PLAN
from factories import by_date, days, row
from worlds import HEALTH, SCIENCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
CHANGED = "Xây dựng kế hoạch chuyển đổi số toàn tỉnh"


@pytest.fixture
def opened(window, scripts):
    def opened(user):
        page = window(user, width=360, java_script_enabled=scripts)
        page.scripts = scripts
        return page

    return opened


@BOTH
def test_a_plan_is_asked_for_handed_in_and_tied(office, lived, opened):
    own = make.programme(
        row("Xây dựng kế hoạch chuyển đổi số của ngành", SCIENCE, deadline=by_date(days(20))),
        office=office.science,
        by=office.who("office_head", office.science),
    )
    asks = opened(office.chief)
    asks.goto(lived.board)
    asks.get_by_role("link", name="Cụ thể hóa").click()
    asks.get_by_role("group", name="Và từng cơ quan").get_by_label(SCIENCE, exact=True).check()
    asked = f"{lived.board}cu-the-hoa/"
    asks.get_by_label("Hạn ban hành kế hoạch").fill("31/02/2026")
    asks.get_by_role("button", name="Yêu cầu các cơ quan này").click()
    asks.get_by_text("Chưa lưu được. Hãy xem lại:").wait_for()
    asks.get_by_label("Hạn ban hành kế hoạch").fill(f"{days(30):%d/%m/%Y}")
    asks.get_by_role("button", name="Yêu cầu các cơ quan này").click()
    asks.get_by_text("Đã yêu cầu 1 cơ quan").wait_for()
    assert fits(asks)

    answers = opened(office.who("office_head", office.science))
    answers.goto("/")
    answers.get_by_role("heading", name="Kế hoạch phải xây dựng").wait_for()
    assert fits(answers)
    answers.get_by_role("row", name=SCIENCE).get_by_role("link", name="12-CTr/TU").first.click()
    answers.get_by_label("Văn bản đã duyệt trong hệ thống").select_option(str(own.document_id))
    answers.get_by_role("button", name="Ghi kế hoạch").click()
    answers.get_by_role("heading", name="Dòng có thể nối").wait_for()
    answers.get_by_role("button", name="Nối", exact=True).first.click()
    answers.get_by_text("Đã nối hai dòng").wait_for()
    assert fits(answers)

    asks.goto(lived.board)
    asks.get_by_role("link", name="Cụ thể hóa").click()
    asks.get_by_role("link", name="Xem từng nhiệm vụ").click()
    expect(asks.get_by_role("row", name="Xây dựng kế hoạch chuyển đổi số")).to_contain_text("1")
    assert lived.task(PLAN).answered_below.get().lower.programme == own
    assert answers.complaints == []
    assert [said for said in asks.complaints if "422" not in said] == [f"{asks.url.partition('/chuong')[0]}{asked}"]


@BOTH
def test_a_programme_is_amended(office, lived, opened):
    later = make.approved(
        make.machine(
            row(CHANGED, SCIENCE, deadline=by_date(days(30)), coordinators=[HEALTH]),
            row("Lập tổ công nghệ số", HEALTH, deadline=by_date(days(50))),
            symbol="40-CTr/TU", date=days(-1),
        ),
        office=office.body, by=office.chief,
    )  # fmt: skip
    page = opened(office.chief)
    page.goto(lived.board)
    page.get_by_role("link", name="Sửa đổi", exact=True).click()
    page.get_by_label("Văn bản sửa đổi, bổ sung").select_option(str(later.pk))
    page.get_by_role("button", name="So với chương trình").click()
    page.get_by_text("hạn không đổi").first.wait_for()
    assert fits(page)
    page.get_by_role("row", name="Lập tổ công nghệ số").get_by_role("button", name="Bỏ chọn").click()
    page.get_by_text("bổ sung 0 nhiệm vụ").wait_for()
    page.get_by_role("row", name="Lập tổ công nghệ số").get_by_role("button", name="Chọn", exact=True).click()
    page.get_by_text("bổ sung 1 nhiệm vụ").wait_for()
    page.get_by_role("button", name="Sửa đổi chương trình").click()
    page.get_by_text("bổ sung 1, sửa đổi 1").wait_for()
    assert fits(page)
    page.goto(f"/nhiem-vu/{lived.task(PLAN).pk}/")
    page.get_by_text("Được sửa đổi bởi 40-CTr/TU").wait_for()
    assert page.complaints == []
