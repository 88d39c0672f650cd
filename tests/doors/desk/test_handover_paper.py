"""The hand-over record (biên bản bàn giao) of a body: a paper in its office's form, as DOCX and PDF."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from docx import Document as Paper
from docx.oxml.ns import qn

import factories as make
from doors.desk.test_succession import LIST, drafted, two_tasks, typed
from doors.desk.world import words
from factories import days
from tiendo.doors.desk.session import gate
from tiendo.work.programmes.actions import tasks
from tiendo.work.programmes.models import Obligation
from tiendo.work.programmes.queries.passing import orphans


@pytest.fixture
def registrar(office):
    return office.who("registrar", office.root)


@pytest.fixture
def programme(office):
    return two_tasks(office)


def charges(paper) -> list[list[str]]:
    """The table of the annex."""
    return [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]


def test_a_record_of_the_party_has_its_form_and_each_heir_its_signature(office, registrar, enter):
    body = make.organisation("Đảng uỷ xã Suối Mơ", kind="commune", parent=office.root)
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="split", befores=[body.pk], afters=[office.health.pk, office.science.pk]))
    paper = Paper(io.BytesIO(client.get(f"{LIST}{pk}/bien-ban/{body.pk}/").content))
    head = " ".join(cell.text for cell in paper.tables[0].rows[0].cells)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in head
    assert "Số ……-BB/……" in head
    assert "CỘNG HÒA" not in head
    signing = [table.rows[0].cells[1].text for table in paper.tables[1:-1]]
    assert [text.splitlines()[:2] for text in signing] == [
        ["ĐẠI DIỆN BÊN NHẬN", "Sở Khoa học và Công nghệ"],
        ["ĐẠI DIỆN BÊN NHẬN", "Sở Y tế"],
    ]
    assert "Không có nhiệm vụ nào đang mở." in [one.text for one in paper.paragraphs]


def test_the_annex_lies_its_head_stands_on_each_page_and_no_row_is_cut(office, programme, registrar, enter):
    client = enter(registrar)
    paper = Paper(
        io.BytesIO(client.get(f"{LIST}{drafted(client, typed(office))}/bien-ban/{office.science.pk}/").content)
    )
    upright, lying = paper.sections
    assert upright.page_width < upright.page_height
    assert lying.page_width > lying.page_height
    rows = [row._tr.trPr for row in paper.tables[-1].rows]
    assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert [row.find(qn("w:cantSplit")) is not None for row in rows] == [True, True, True]
    assert upright.different_first_page_header_footer
    assert "PAGE" in upright.header.paragraphs[0]._p.xml


def test_the_hand_over_record_is_a_paper_to_sign(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, decision="12-QĐ/TU", decided_on="2026-02-20"))
    for state in ("draft", "in_force"):
        answer = client.get(f"{LIST}{pk}/bien-ban/{office.science.pk}/")
        paper = Paper(io.BytesIO(answer.content))
        said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
        head = " ".join(cell.text for cell in paper.tables[0].rows[0].cells)
        assert ("DỰ THẢO" in head) == (state == "draft")
        assert [word for word in ("CỘNG HÒA XÃ HỘI", "Số: ……/BB-……", "ngày … tháng … năm") if word not in head] == []
        assert "Quyết định số 12-QĐ/TU ngày 20/02/2026" in said
        assert "Hôm nay, ngày … tháng … năm ……, tại" in said
        assert "I. BÊN GIAO: Sở Khoa học và Công nghệ" in said
        assert "II. BÊN NHẬN: Sở Y tế" in said
        assert "2 lượt phân công (chủ trì: 2); 2 việc phải báo cáo đang mở, trong đó 0 việc đã qua thời hạn" in said
        assert said.count("Ông (bà):\t Chức vụ:\t") == 4, "two of each party"
        rows = charges(paper)
        assert [row[1] for row in rows[1:]] == ["1. Xây dựng kế hoạch", "2. Tuyên truyền"]
        assert rows[1][4] == f"{days(30):%d/%m/%Y}"
        assert rows[1][-1] == "Sở Y tế"
        assert [cell.text.splitlines()[0] for cell in paper.tables[1].rows[0].cells] == [
            "ĐẠI DIỆN BÊN GIAO",
            "ĐẠI DIỆN BÊN NHẬN",
        ]
        client.post(f"{LIST}{pk}/thuc-hien/")


def test_of_a_restricted_task_the_record_and_its_page_have_number_and_date_alone(office, programme, registrar, enter):
    task = programme.tasks.get(position=1)
    make.evidence(make.report(task.obligations.get()).answers.get())
    tasks.set_restricted(task=task, restricted=True, by=office.chief, at=make.NOW)
    client = enter(registrar)
    pk = drafted(client, typed(office))
    assert "Báo cáo theo chế độ riêng" in words(client.get(f"{LIST}{pk}/"))
    for state in ("draft", "in_force"):
        paper = Paper(io.BytesIO(client.get(f"{LIST}{pk}/bien-ban/{office.science.pk}/").content))
        rows = charges(paper)
        assert rows[1][1] == "Nhiệm vụ 1 (báo cáo theo chế độ riêng)", state
        assert rows[1][4] == f"{days(30):%d/%m/%Y}"
        assert rows[1][6] == f"31/BC-SKHCN ngày {days(-1):%d/%m/%Y}"
        assert rows[2][1] == "2. Tuyên truyền"
        assert "Xây dựng kế hoạch" not in str(rows) + words(client.get(f"{LIST}{pk}/"))
        client.post(f"{LIST}{pk}/thuc-hien/")
    assert "Xây dựng kế hoạch" not in words(
        enter(office.who("head", office.health)).get(f"/co-quan/{office.health.pk}/")
    )


def test_the_record_stays_as_it_was_whatever_became_of_the_work(office, programme, registrar, enter, monkeypatch):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="dissolved", afters=[]))
    page = f"{LIST}{pk}/bien-ban/{office.science.pk}/"
    client.post(f"{LIST}{pk}/thuc-hien/")

    def record() -> tuple[str, list[list[str]]]:
        paper = Paper(io.BytesIO(client.get(page).content))
        return "\n".join(paragraph.text for paragraph in paper.paragraphs), charges(paper)

    said, before = record()
    assert "2 việc phải báo cáo đang mở, trong đó 0 việc đã qua thời hạn" in said
    assert [row[-1] for row in before[1:]] == ["", ""]
    for row in orphans():
        tasks.name_body(assignment=row, organisation=office.health, by=office.chief, at=make.moment(days(5)))
    make.submitted(Obligation.objects.get(task__number="1"), at=make.moment(days(6)))
    monkeypatch.setattr(timezone, "now", lambda: make.moment(days(90)))
    client = enter(registrar)
    session = client.session
    session[gate.SEEN] = make.moment(days(90)).timestamp()
    session.save()
    again, now = record()
    assert again == said, "as of the hand-over"
    assert [row[:-1] for row in now] == [row[:-1] for row in before]
    assert [row[-1] for row in now[1:]] == [f"Sở Y tế (giao lại từ ngày {days(5):%d/%m/%Y})"] * 2


@pytest.mark.office
def test_the_record_as_pdf_or_a_word_why_not(office, programme, registrar, enter, monkeypatch):
    client = enter(registrar)
    page = f"{LIST}{drafted(client, typed(office))}/"
    answer = client.get(f"{page}bien-ban/{office.science.pk}/?dang=pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    monkeypatch.setattr("tiendo.doors.desk.bodies.succession.print_docx", lambda _content: None)
    refused = client.get(f"{page}bien-ban/{office.science.pk}/?dang=pdf", follow=True)
    assert "cần LibreOffice" in words(refused)
