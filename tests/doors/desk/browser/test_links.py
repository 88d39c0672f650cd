"""A link for drafting, from the paper to the report, with scripts and without, in a narrow window."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import factories as make
from accessible import fits
from doors.desk.world import PLAN
from tiendo.work.programmes.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@BOTH
def test_from_the_paper_to_the_report(window, office, lived, scripts):
    inside = window(office.officer, width=360, java_script_enabled=scripts)
    outside = window(None, width=360, java_script_enabled=scripts)
    for page in (inside, outside):
        page.scripts = scripts
    inside.goto(f"/co-quan/{office.science.pk}/")
    inside.get_by_role("link", name="Liên kết soạn báo cáo").click()
    inside.get_by_label("Soạn báo cáo về").select_option(str(lived.owed(PLAN).pk))
    inside.get_by_role("button", name="Lập liên kết").click()
    address = inside.get_by_label("Địa chỉ").input_value()
    assert fits(inside)

    outside.goto(address)
    outside.get_by_label("Kết quả").fill("Đã trình.")
    if scripts:
        outside.get_by_text("Đã lưu lúc").wait_for()
        assert Report.objects.get(drafted_by=None).answers.get().text == "Đã trình."
    outside.get_by_label("Số, ký hiệu văn bản").fill("31/BC-SKHCN")
    outside.get_by_label("Ngày văn bản").fill("27/2/2026")
    outside.get_by_role("button", name="Lưu bản đang soạn").click()
    outside.get_by_text("31/BC-SKHCN (27/02/2026)").wait_for()
    expect(outside.get_by_label("Kết quả")).to_have_value("Đã trình.")
    assert fits(outside)

    inside.get_by_role("link", name="Đã chép xong").click()
    inside.get_by_text("Đã trình.").wait_for()
    assert fits(inside)
    inside.get_by_label("Số, ký hiệu văn bản giấy").fill("12/BC")
    inside.get_by_label("Ngày ký").fill("1/3/2026")
    inside.get_by_role("button", name="Đề nghị xác nhận hoàn thành").click()
    inside.get_by_text("số 12/BC, ngày 01/03/2026").wait_for()
    outside.goto(address)
    outside.get_by_text("Báo cáo này đã được gửi").wait_for()
    assert [
        said for page in (inside, outside) for said in page.complaints if address not in said and "410" not in said
    ] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_people_fit(window, office, lived, width):
    keeper = make.post("administrator", body=office.body, scope=office.root).user
    held = make.post("head", body=office.science)
    make.absence(held, deputy=office.who("clerk", office.science))
    page = window(keeper, width=width)
    page.scripts = True
    for there in (f"/tai-khoan/{held.user_id}/", f"/co-quan/{office.science.pk}/", "/co-quan/chua-co-tai-khoan/",
                  f"/co-quan/{office.science.pk}/chuyen-chuc-vu/"):  # fmt: skip
        page.goto(there)
        assert fits(page), there
    assert page.complaints == []
