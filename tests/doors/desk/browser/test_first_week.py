"""The first week, by clicks alone: from an Excel register to a printed annex and a form that came back."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from accessible import fits
from browser.conftest import jobs_at_once  # noqa: F401 (a fixture)
from register_files import edited, register
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import Programme, Report
from tiendo.work.programmes.queries.lineage import lineage
from worlds import SCIENCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@BOTH
@pytest.mark.usefixtures("jobs_at_once")
def test_from_a_register_to_a_printed_annex_and_a_form_read_back(window, office, jobs_at_once, tmp_path, scripts):  # noqa: F811
    page = window(office.chief, width=360, java_script_enabled=scripts)
    page.scripts = scripts
    book = tmp_path / "so-theo-doi.xlsx"
    book.write_bytes(register())
    take_in(page, book)
    programme = open_programme(page)
    red = [one for one in programme.obligations.all() if one.due < programme.tracked_from]
    assert (programme.tasks.count(), red) == (5, [])
    form_back(page, programme, tmp_path)
    prints(page, programme)
    assert page.complaints == []


def take_in(page, book) -> None:
    page.goto("/van-ban/")
    page.get_by_role("link", name="Tuần đầu: từ sổ Excel").click()
    page.get_by_label("Tệp sổ theo dõi").set_input_files(book)
    page.get_by_role("button", name="Gửi sổ").click()
    page.get_by_role("heading", name="Chọn cột của sổ").wait_for()
    assert fits(page)
    expect(page.get_by_label("Tình trạng (đã xong hay chưa)")).to_have_value("5")
    page.get_by_text("việc chưa có số liệu: ngày đã qua").wait_for()
    page.get_by_label("Sản phẩm").select_option("7")
    page.get_by_role("button", name="Xem lại theo cột này").click()
    expect(page.get_by_label("Sản phẩm")).to_have_value("7")
    page.get_by_role("button", name="Nhận 5 dòng").click()
    page.get_by_text("Đã nhận 5 dòng").wait_for()
    assert Document.objects.get().duties.get(number="2").done


def open_programme(page) -> Programme:
    page.get_by_role("button", name="Xác nhận cả bảng").click()
    page.get_by_role("button", name="Phê duyệt danh mục nhiệm vụ").click()
    page.get_by_role("heading", name="Mở chương trình").wait_for()
    page.get_by_role("button", name="Mở chương trình").click()
    page.get_by_text("Đã mở chương trình.").wait_for()
    return Programme.objects.get()


def form_back(page, programme, tmp_path) -> None:
    """The form of the science body: downloaded, filled in, sent back on its signed paper."""
    page.get_by_role("link", name="Mẫu báo cáo Excel").click()
    assert fits(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Tải mẫu {SCIENCE}").click()
    filled = tmp_path / "tra-loi.xlsx"
    data = download.value.path().read_bytes()
    assert load_workbook(io.BytesIO(data)).active["C5"].value == "Xây dựng kế hoạch chuyển đổi số"
    filled.write_bytes(edited(data, {"E5": "Đã trình dự thảo.", "F5": "12/BC", "G5": "1/3/2026", "E6": "=1+1"}))
    page.get_by_label("Tệp mẫu đã điền").set_input_files(filled)
    page.get_by_role("button", name="Gửi và xem trước").click()
    page.get_by_text("Đã trình dự thảo.").wait_for()
    assert fits(page)
    page.get_by_label("Số, ký hiệu văn bản giấy của cơ quan").fill("15/BC-SKHCN")
    page.get_by_label("Ngày ký").fill("1/3/2026")
    page.get_by_role("button", name="Ghi và gửi báo cáo").click()
    page.get_by_text("Đã ghi 1 dòng; gửi 1 báo cáo").wait_for()
    assert Report.objects.get().paper == "15/BC-SKHCN"


def prints(page, programme) -> None:
    page.goto(f"/chuong-trinh/{programme.pk}/phu-luc/")
    page.get_by_text("Đã trình dự thảo.").wait_for()
    page.get_by_text("12/BC ngày 01/03/2026").wait_for()
    page.get_by_text("Đã xong trước khi theo dõi").wait_for()
    assert fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải Excel").click()
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert [row[1] for row in sheet.iter_rows(min_row=5, values_only=True)] == [
        task.content for task in programme.tasks.order_by("position")
    ]
    page.goto(f"/chuong-trinh/{programme.pk}/doi-chieu/")
    page.get_by_text("trang tính 1, dòng 7").first.wait_for()
    assert fits(page)
    page.goto("/tuan-dau/")
    page.get_by_role("link", name="In phụ lục").wait_for()
    assert fits(page)
    assert lineage(programme.tasks.get(number="3")).duty.spans[0]["row"] == 6
