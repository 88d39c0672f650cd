"""The same work with scripts and without: signing a row, handing in a report, filters, keys, stages, languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import factories as make
from doors.desk.world import PLAN, STANDING, waiting_document
from tiendo.work.directives.actions import readings
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WITH, WITHOUT = {"java_script_enabled": True}, {"java_script_enabled": False}
BOTH = pytest.mark.parametrize("scripts", [WITH, WITHOUT], ids=["scripts", "no-scripts"])


@pytest.fixture
def document(office):
    return waiting_document(office)


def states(document):
    return sorted(document.duties.values_list("state", flat=True))


@BOTH
def test_a_row_is_edited_and_signed(window, office, document, scripts):
    page = window(office.officer, **scripts)
    page.goto(f"/van-ban/{document.pk}/dong/")
    page.get_by_role("button", name="Xác nhận dòng").click()
    page.get_by_text("Chưa lưu được. Hãy xem lại:").wait_for()
    page.get_by_label("Cơ quan chủ trì").fill("Sở Y tế\nSở Khoa học và Công nghệ")
    page.get_by_role("button", name="Xác nhận dòng").click()
    page.get_by_text("Đã xem 1/4 dòng").wait_for()
    assert states(document) == ["proposed", "proposed", "proposed", "signed"]
    page.get_by_role("link", name="Phổ biến đến toàn thể").click()
    page.get_by_text("Không theo dõi, tách hoặc gộp dòng").click()
    page.get_by_label("Lý do không theo dõi").fill("Không giao việc cụ thể.")
    page.get_by_role("button", name="Không theo dõi").click()
    page.get_by_text("Đã xem 2/4 dòng").wait_for()
    page.get_by_role("button", name="Xác nhận cả bảng").click()
    page.get_by_text("Đã xác nhận 2 dòng của bảng.").wait_for()
    assert states(document) == ["left_out", "signed", "signed", "signed"]


@BOTH
def test_a_report_is_handed_in(window, office, lived, scripts):
    page = window(office.who("head", office.science), **scripts)
    page.goto("/")
    page.get_by_role("row", name="Xây dựng kế hoạch chuyển đổi số").get_by_role("link", name="Báo cáo").click()
    page.get_by_label("Kết quả").fill("Đã ban hành kế hoạch.")
    page.get_by_role("button", name="Đề nghị xác nhận hoàn thành").click()
    page.get_by_text("Nhiệm vụ 1 chưa có minh chứng").wait_for()
    assert page.get_by_label("Kết quả").input_value() == "Đã ban hành kế hoạch."
    page.get_by_label("Số, ký hiệu văn bản").fill("31/KH-SKHCN")
    page.get_by_label("Ngày văn bản").fill("27/2/2026")
    page.get_by_label("Tệp minh chứng").set_input_files(
        {"name": "kế hoạch.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x"}
    )
    page.get_by_role("button", name="Đề nghị xác nhận hoàn thành").click()
    page.get_by_text("Đã gửi báo cáo.").wait_for()
    report = Report.objects.get(answers__obligation=lived.owed(PLAN))
    assert (report.state, report.answers.get().evidence.count()) == ("submitted", 2)
    with page.expect_download() as download:
        page.get_by_role("link", name="kế hoạch.pdf").click()
    assert download.value.suggested_filename == "kế hoạch.pdf"


@BOTH
def test_a_period_by_ticks(window, office, lived, scripts):
    page = window(office.who("head", office.science), width=360, **scripts)
    page.goto(lived.writing(STANDING))
    for tick in page.get_by_label("Không phát sinh trong kỳ").all():
        tick.check()
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_label("Vẫn gửi khi kỳ chưa kết thúc").check()
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text("Đã gửi báo cáo.").wait_for()
    assert Report.objects.get(answers__obligation=lived.owed(STANDING)).state == "submitted"


@BOTH
def test_filters_and_order_by_links(window, office, lived, scripts):
    page = window(office.chief, **scripts)
    page.goto(lived.board)
    page.get_by_role("link", name="Thường xuyên, định kỳ").click()
    page.wait_for_url(re.compile(r"kind=standing"))
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Thời hạn", exact=True).click()
    page.wait_for_url(re.compile(r"kind=standing.*sort=due|sort=due.*kind=standing"))
    page.go_back()
    page.wait_for_url(re.compile(r"kind=standing$"))
    expect(page.locator("tbody tr")).to_have_count(2)


def test_a_filter_replaces_the_list_alone(window, office, lived):
    page = window(office.chief)
    page.goto(lived.board)
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Chờ sự kiện").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert page.evaluate("window.same")
    assert page.locator(".box").count() == 4
    assert page.complaints == []


def test_a_filter_after_the_session_is_over_leads_to_the_door(window, office, lived):
    page = window(office.chief)
    page.goto(lived.board)
    page.context.clear_cookies()
    page.get_by_role("link", name="Chờ sự kiện").click()
    page.get_by_role("heading", name="Đăng nhập").wait_for()
    assert "next=" in page.url


@pytest.mark.parametrize(("end", "says"), [("read", "Xem và xác nhận dòng"), ("failed", "Tệp có mật khẩu.")])
def test_the_page_follows_the_stages_to_their_end(window, office, end, says):
    import msgspec

    waiting = make.document(office=office.body, by=office.officer)
    Document.objects.filter(pk=waiting.pk).update(stage="outline")
    page = window(office.officer)
    page.goto(f"/van-ban/{waiting.pk}/")
    page.get_by_text("Đọc bố cục").wait_for()
    waiting.refresh_from_db()
    if end == "read":
        seen = make.machine(make.row("Việc một", "Sở Y tế"))
        readings.record(document=waiting, content=msgspec.json.encode(seen), at=make.NOW)
    else:
        readings.fail(document=waiting, code="locked", message="Tệp có mật khẩu.", at=make.NOW)
    page.get_by_text(says).first.wait_for()
    assert page.complaints == []


def test_a_row_by_one_key(window, office, document):
    page = window(office.officer)
    page.goto(f"/van-ban/{document.pk}/dong/?row={document.duties.first().pk}")  # no row has the focus yet
    page.keyboard.press("s")
    page.get_by_text("Đã xem 1/4 dòng").wait_for()


def test_the_lit_sentence_is_in_view(window, office, document):
    page = window(office.officer)
    page.goto(f"/van-ban/{document.pk}/dong/?row={document.duties.all()[2].pk}")
    assert page.locator("mark#lit").inner_text() == "Bố trí kinh phí"
    inside = """() => { const lit = document.getElementById('lit').getBoundingClientRect();
                        const pane = document.querySelector('[data-source]').getBoundingClientRect();
                        return lit.top >= pane.top && lit.bottom <= pane.bottom }"""
    assert page.evaluate(inside)


@BOTH
def test_the_language_changes_also_after_a_refused_form(window, office, document, scripts):
    page = window(office.officer, **scripts)
    page.goto(f"/van-ban/{document.pk}/dong/")
    page.get_by_role("button", name="Xác nhận dòng").click()
    page.get_by_text("Chưa lưu được. Hãy xem lại:").wait_for()
    page.get_by_role("button", name="EN", exact=True).click()
    page.wait_for_url(re.compile(rf"/van-ban/{document.pk}/dong/\?row=\d+"))
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("mark#lit").inner_text() == "Rà soát quy trình"


@BOTH
def test_the_door(window, office, scripts):
    from factories.foundation import PASSWORD

    page = window(None, width=360, **scripts)
    page.goto("/co-quan/?sort=name")
    page.get_by_label("Tên đăng nhập").fill(office.clerk.username)
    page.get_by_label("Mật khẩu").fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_text("Chưa đăng nhập được.").wait_for()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("heading", name="Cơ quan").wait_for()
    assert page.url.endswith("/co-quan/?sort=name")
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("heading", name="Đăng nhập").wait_for()


@BOTH
def test_search_from_any_page(window, office, lived, scripts):
    page = window(office.chief, **scripts)
    page.goto("/co-quan/")
    if scripts is WITH:
        page.keyboard.press("/")
        page.keyboard.type("do thi")
        page.keyboard.press("Enter")
    else:
        everywhere = page.get_by_role("banner").get_by_role("searchbox")
        everywhere.fill("do thi")
        everywhere.press("Enter")
    page.get_by_role("link", name="Hoàn thiện đề án đô thị").click()
    page.get_by_role("heading", name="Nhiệm vụ 2").wait_for()
