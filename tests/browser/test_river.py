"""The real programme from file to figure, by clicks alone, and back from the figure to the lit row."""

from __future__ import annotations

import pytest

import factories as make
from browser.conftest import CORPUS
from tiendo.foundation.audit import queries as audit
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.models import Programme

REAL = CORPUS / "core" / "55-ctr-tu.txt"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.corpus,
    pytest.mark.skipif(not REAL.exists(), reason=f"the real programme is not here: {REAL}"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def reporter(office):
    """The head of the body that leads task 24 of the real programme."""
    body = make.organisation("Ban Tuyên giáo Tỉnh ủy", parent=office.root, kind="party_advisory")
    return office.who("head", body)


def test_from_file_to_figure_and_back(office, reporter, as_person, tmp_path):
    document = receive(as_person(office.clerk))
    sign(as_person(office.officer), document)
    chief = as_person(office.chief)
    programme = approve_and_open(chief, document)
    evidence = tmp_path / "ban-tin.pdf"
    evidence.write_bytes(b"%PDF-1.4 ban tin thong bao noi bo")
    report(as_person(reporter), evidence)
    confirm(chief, evidence)
    walk_back(chief, programme)
    assert audit.verify() is None


def receive(clerk) -> Document:
    clerk.get_by_role("link", name="Văn bản", exact=True).click()
    clerk.get_by_role("link", name="Tiếp nhận văn bản").first.click()
    clerk.get_by_label("Tệp văn bản").set_input_files(REAL)
    clerk.get_by_role("button", name="Gửi và đọc").click()
    clerk.get_by_role("heading", name="55-CTr/TU").wait_for()
    document = Document.objects.get()
    assert document.duties.filter(origin="table").count() == 51
    return document


def sign(officer, document) -> None:
    """One row by itself, the table together, and the paragraphs outside it left out with a reason."""
    officer.goto(f"/van-ban/{document.pk}/dong/")
    officer.get_by_role("button", name="Xác nhận dòng").click()
    officer.get_by_text("Đã xem 1/").wait_for()
    officer.get_by_role("button", name="Xác nhận cả bảng").click()
    officer.get_by_text("Đã xác nhận 50 dòng").wait_for()
    for left in range(document.duties.filter(state=Duty.State.PROPOSED).count(), 0, -1):
        officer.goto(f"/van-ban/{document.pk}/dong/?show=waiting")
        officer.get_by_text("Không theo dõi, tách hoặc gộp dòng").click()
        officer.get_by_label("Lý do không theo dõi").fill("Đã có dòng tương ứng trong bảng kèm theo.")
        officer.get_by_role("button", name="Không theo dõi").click()
        officer.get_by_text(f"Đã xem {document.duties.count() - left + 1}/").wait_for()


def approve_and_open(chief, document) -> Programme:
    chief.goto(f"/van-ban/{document.pk}/dong/")
    chief.get_by_role("button", name="Phê duyệt danh mục nhiệm vụ").click()
    chief.get_by_role("heading", name="Mở chương trình").wait_for()
    chief.get_by_label("Theo dõi từ ngày").fill("01/01/2024")
    chief.get_by_role("button", name="Mở chương trình").click()
    chief.get_by_role("heading", name="55-CTr/TU").wait_for()
    programme = Programme.objects.get()
    assert programme.tasks.count() == 51
    return programme


def report(body, evidence) -> None:
    body.get_by_role("link", name="Báo cáo", exact=True).first.click()
    body.get_by_label("Kết quả").fill("Đã phát hành bản tin tháng 3/2024.")
    body.get_by_label("Tệp minh chứng").set_input_files(evidence)
    body.get_by_role("button", name="Đề nghị xác nhận hoàn thành").click()
    body.get_by_text("Đã gửi báo cáo.").wait_for()


def confirm(chief, evidence) -> None:
    chief.goto("/")
    chief.get_by_role("table", name="Báo cáo chờ cơ quan của bạn xác nhận").get_by_role("link").first.click()
    with chief.expect_download() as download:
        chief.get_by_role("link", name="ban-tin.pdf").click()
    assert download.value.path().read_bytes() == evidence.read_bytes()
    chief.get_by_role("button", name="Xác nhận kết quả").click()
    chief.get_by_text("Đã xác nhận kết quả.").wait_for()


def walk_back(chief, programme) -> None:
    """From the board's figure to the list it counts, to the task, to the lit row of the document."""
    chief.goto(f"/chuong-trinh/{programme.pk}/")
    done_late = chief.locator(".box", has_text="Hoàn thành quá hạn").locator(".box-figure")
    assert done_late.inner_text() == "1/1"
    done_late.click()
    chief.get_by_role("heading", name="Việc phải báo cáo").wait_for()
    chief.locator("tbody tr").get_by_role("link").first.click()
    lit = chief.locator("mark#lit")
    lit.wait_for()
    row = programme.tasks.get(number="24")
    assert lit.inner_text().startswith(f"24 │ {row.content[:40]}")
    assert row.content in lit.inner_text()
