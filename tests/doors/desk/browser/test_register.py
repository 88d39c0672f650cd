"""The register's pages in a browser: as a clerk meets them, at any width, without a pointer's help."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from accessible import looked_at, width_of
from tiendo.foundation.organisations.models import Organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAD = "Mã,Tên,Loại,Mã cấp trên,Tên gọi tắt"
GOOD = [
    "MT,Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh An Bình,MTTQ,T,MTTQ tỉnh",
    "MT.HND,Hội Nông dân tỉnh An Bình,tổ chức chính trị - xã hội,MT,",
    'T.YT,Sở Y tế và Dân số,"sở, phòng",T,SYT',
]
WRONG = ["mt,Mặt trận,MTTQ,T,", "T.ABC,Sở Lạ,sở,KHONGCO,", "MT,Ủy ban Mặt trận Tổ quốc tỉnh,MTTQ,T,"]
SHOTS = os.environ.get("TIENDO_SHOTS", "")


def well(page: Page, name: str, width: int) -> None:
    assert width_of(page) <= width
    found = looked_at(page)
    assert found.violations_count == 0, found.generate_report()
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_list_is_sent_looked_at_mended_and_written(office, window, tmp_path, width):
    page = window(office.who("registrar"), width=width)
    page.goto("/co-quan/")
    page.get_by_role("link", name="Danh bạ cơ quan").click()
    well(page, "danh-ba", width)
    file = tmp_path / "danh-ba.csv"
    for lines, name in ((WRONG, "sai"), (GOOD, "dung")):
        file.write_text("\n".join([HEAD, *lines]), encoding="utf-8-sig")
        page.get_by_label("Tệp danh sách").set_input_files(file)
        page.get_by_role("button", name="Gửi và xem trước").click()
        expect(page.get_by_role("heading", name="Xem trước danh sách")).to_be_visible()
        well(page, name, width)
        if lines is WRONG:
            expect(page.get_by_role("button", name="Ghi vào danh bạ")).to_have_count(0)
            page.get_by_role("button", name="Bỏ tệp này").click()
    page.get_by_role("link", name="sửa").click()
    expect(page.get_by_text("Sở Y tế và Dân số").first).to_be_visible()
    expect(page.get_by_text("sửa tên (không giữ tên cũ)").first).to_be_visible()
    well(page, "sua", width)
    page.get_by_label("dòng cần xem lại, đúng như tệp ghi").check()
    page.get_by_role("button", name="Ghi vào danh bạ").click()
    expect(page.get_by_text("Đã ghi vào danh bạ")).to_be_visible()
    assert Organisation.objects.get(code="MT.HND").parent.code == "MT"


@pytest.mark.parametrize("width", [1280, 360])
def test_a_body_is_added_corrected_and_removed(office, window, width):
    page = window(office.who("registrar"), width=width)
    page.goto("/co-quan/danh-ba/")
    page.get_by_role("link", name="Thêm cơ quan").click()
    page.get_by_label("Cấp trên trực tiếp").select_option(label=office.root.name)
    page.locator("#id_code").fill("T.NV")
    page.get_by_label("Tên (bắt buộc)").fill("Sở Nội vu")
    page.get_by_label("Loại").select_option("department")
    well(page, "them", width)
    page.get_by_role("button", name="Thêm cơ quan").click()
    page.get_by_role("link", name="Sửa", exact=True).click()
    page.get_by_label("Tên (bắt buộc)").fill("Sở Nội vụ")
    well(page, "sua-co-quan", width)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", name="Sở Nội vụ", level=1)).to_be_visible()
    page.get_by_role("link", name="Sửa", exact=True).click()
    page.get_by_role("button", name="Xóa cơ quan này").click()
    expect(page.get_by_text("Đã xóa Sở Nội vụ")).to_be_visible()
