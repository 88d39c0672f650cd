"""Bodies are merged, split and dissolved by clicks, as a new clerk goes through the pages; with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import factories as make
from accessible import looked_at, width_of
from doors.desk.browser.test_by_hand import BOTH
from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.programmes.models import Assignment
from worlds import SCIENCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme(office):
    return make.programme(
        make.row(
            "Xây dựng kế hoạch", SCIENCE, coordinators=["Sở Y tế"], deadline=make.by_date(make.days(30)), number="1"
        ),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous(), number="2"),
        office=office.body,
        by=office.chief,
    )


def chosen(page, field: str, name: str) -> None:
    """A body is ticked, picked from the list, or looked for where there are many."""
    place = page.locator(f"#pick-{field}")
    if place.locator("select").count():
        place.locator("select").select_option(label=name)
        return
    if place.get_by_role("searchbox").count():
        place.get_by_role("searchbox").fill(name)
        place.get_by_role("button", name="Tìm").click()
    place.get_by_label(name, exact=True).check()


def began(page, kind: str, **fields: str) -> None:
    """From the list of bodies to the page that shows what a succession would touch."""
    page.goto("/co-quan/")
    page.get_by_role("link", name="Sắp xếp cơ quan").click()
    page.get_by_role("link", name="Ghi việc sắp xếp").first.click()
    page.get_by_role("link", name=f"{kind[0].upper()}{kind[1:]}").click()
    page.get_by_label("Có hiệu lực từ ngày").fill("01/03/2026")
    chosen(page, "befores", fields.pop("before", SCIENCE))
    if "after" in fields:
        chosen(page, "afters", fields.pop("after"))
    if "news" in fields:
        page.get_by_label("Cơ quan nhận mới lập").fill(fields.pop("news"))
    page.get_by_role("button", name="Lưu và xem sẽ chạm tới gì").click()
    page.get_by_role("heading", name="Sẽ chạm tới").wait_for()


@BOTH
def test_absorbed_then_undone(window, office, programme, scripts):
    page = window(office.who("registrar", office.root), **scripts)
    began(page, "nhập vào cơ quan đang có", after="Sở Y tế")
    page.get_by_text("2 việc đang chủ trì").wait_for()
    page.get_by_role("button", name="Thực hiện việc sắp xếp").click()
    page.get_by_text("Đã thực hiện. 2 lượt phân công được chuyển").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Sở Khoa học và Công nghệ (DOCX)").click()
    assert download.value.suggested_filename.endswith(".docx")
    page.get_by_role("link", name=SCIENCE).first.click()
    page.get_by_text("Kế thừa hiện nay:").wait_for()
    page.go_back()
    page.get_by_text("Ghi nhầm?").click()
    page.get_by_role("button", name="Hủy việc ghi nhầm").click()
    page.get_by_text("Đã hủy việc ghi nhầm").wait_for()
    assert Organisation.objects.get(pk=office.science.pk).ends is None


@BOTH
def test_among_many_bodies_one_is_looked_for(window, office, programme, scripts):
    for number in range(120):
        make.organisation(f"Trạm Thú y số {number}", parent=office.body)
    page = window(office.who("registrar", office.root), width=360, **scripts)
    began(page, "nhập vào cơ quan đang có", after="Trạm Thú y số 77")
    assert width_of(page) <= 360
    page.get_by_role("button", name="Thực hiện việc sắp xếp").click()
    page.get_by_text("Đã thực hiện. 2 lượt phân công được chuyển").wait_for()
    assert Succession.objects.get().heirs.get().after.name == "Trạm Thú y số 77"


@BOTH
def test_split_line_by_line_on_a_phone(window, office, programme, scripts):
    page = window(office.who("registrar", office.root), width=360, **scripts)
    began(page, "chia tách", news="Sở Khoa học | xây dựng kế hoạch\nSở Công nghệ")
    expect(page.get_by_role("button", name="Thực hiện việc sắp xếp")).to_be_disabled()
    second = page.locator("[data-row]").nth(1)
    second.get_by_label("Sở Công nghệ").check()
    page.get_by_role("button", name="Lưu lựa chọn của trang này").click()
    page.get_by_text("2 dòng đã chọn nơi nhận").wait_for()
    page.get_by_role("button", name="Thực hiện việc sắp xếp").click()
    page.get_by_text("Đã thực hiện.").wait_for()
    leads = Assignment.objects.on(None).filter(role="lead").values_list("task__number", "organisation__name")
    assert sorted(leads) == [("1", "Sở Khoa học"), ("2", "Sở Công nghệ")]


def test_dissolved_work_waits_for_the_office(window, office, programme):
    page = window(office.who("registrar", office.root))
    began(page, "kết thúc, không có nơi kế thừa")
    page.get_by_role("button", name="Thực hiện việc sắp xếp").click()
    page.get_by_text("2 lượt phân công chưa có nơi nhận").wait_for()
    chief = window(office.chief)
    chief.goto("/co-quan/")
    chief.get_by_role("link", name="Việc chưa có nơi nhận").click()
    chief.get_by_role("link", name="Xây dựng kế hoạch").click()
    row = chief.get_by_role("row", name=SCIENCE).filter(has_text="chờ gán")
    row.get_by_role("link", name="Gán cơ quan").click()
    chief.get_by_label("Cơ quan (bắt buộc)").select_option(label="Sở Y tế")
    chief.get_by_role("button", name="Gán", exact=True).click()
    chief.get_by_text("Chủ trì: Sở Khoa học và Công nghệ → Sở Y tế").wait_for()
    chief.goto(f"/chuong-trinh/{programme.pk}/")
    chief.get_by_label("hoặc ngày").fill("28/02/2026")
    chief.get_by_role("button", name="Xem", exact=True).click()
    chief.get_by_text("như ngày 28/02/2026").wait_for()
    expect(chief.get_by_role("row", name="Xây dựng kế hoạch")).to_contain_text(SCIENCE)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_fit_and_are_accessible(window, office, programme, width):
    page = window(office.who("registrar", office.root), width=width)
    began(page, "chia tách", news="Sở Khoa học\nSở Công nghệ")
    here = page.url
    for address in (
        here,
        "/co-quan/sap-xep/",
        "/co-quan/sap-xep/them/",
        "/co-quan/sap-xep/them/?kind=split",
        f"/co-quan/{office.health.pk}/chuyen/",
        "/nguoi-thay/",
        "/viec-chua-co-noi-nhan/",
        "/co-quan/?khi=2026-03-01",
    ):
        page.goto(address)
        found = looked_at(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        assert width_of(page) <= width, address
    assert page.complaints == []
    assert Succession.objects.count() == 1
